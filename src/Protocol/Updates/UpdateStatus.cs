namespace Leda.Harness.Protocol.Updates;

/// <summary>How far a desired state or one of its baselines is: the words of <see cref="DesiredStateFeedback.Status"/> that an update agent
/// uses (<c>payloads.md</c> c.2).</summary>
public static class UpdateStatus
{
    /// <summary>It is being found out what there is to do.</summary>
    public const string Identifying = "IDENTIFYING";

    /// <summary>It is known what there is to do; commands may come.</summary>
    public const string Identified = "IDENTIFIED";

    /// <summary>The desired state cannot be understood, and nothing is done.</summary>
    public const string IdentificationFailed = "IDENTIFICATION_FAILED";

    /// <summary>All is as desired; the end.</summary>
    public const string Completed = "COMPLETED";

    /// <summary>Not all is as desired; the end.</summary>
    public const string Incomplete = "INCOMPLETE";

    /// <summary>The new is being got ready.</summary>
    public const string Downloading = "DOWNLOADING";

    /// <summary>The new is ready.</summary>
    public const string DownloadSuccess = "DOWNLOAD_SUCCESS";

    /// <summary>The new could not be got ready, or was not to be now.</summary>
    public const string DownloadFailure = "DOWNLOAD_FAILURE";

    /// <summary>The old is being taken out of the way.</summary>
    public const string Updating = "UPDATING";

    /// <summary>The old is out of the way.</summary>
    public const string UpdateSuccess = "UPDATE_SUCCESS";

    /// <summary>The old could not be taken out of the way, or was not to be now.</summary>
    public const string UpdateFailure = "UPDATE_FAILURE";

    /// <summary>The new is being started.</summary>
    public const string Activating = "ACTIVATING";

    /// <summary>The new runs.</summary>
    public const string ActivationSuccess = "ACTIVATION_SUCCESS";

    /// <summary>The new could not be started, or was not to be now.</summary>
    public const string ActivationFailure = "ACTIVATION_FAILURE";

    /// <summary>The old is being brought back.</summary>
    public const string Rollback = "ROLLBACK";

    /// <summary>The old is back.</summary>
    public const string RollbackSuccess = "ROLLBACK_SUCCESS";

    /// <summary>The old could not be brought back, or was not to be now.</summary>
    public const string RollbackFailure = "ROLLBACK_FAILURE";

    /// <summary>Nothing is left over.</summary>
    public const string CleanupSuccess = "CLEANUP_SUCCESS";

    /// <summary>Something is left over, or there is no such baseline.</summary>
    public const string CleanupFailure = "CLEANUP_FAILURE";
}
