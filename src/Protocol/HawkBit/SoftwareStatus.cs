namespace Leda.Harness.Protocol.HawkBit;

/// <summary>How far an operation has come: the values of <see cref="OperationStatus.Status"/> (<c>payloads.md</c> 3 and (a)).</summary>
public static class SoftwareStatus
{
    /// <summary>It is being worked on.</summary>
    public const string Started = "STARTED";

    /// <summary>Artifacts are being fetched.</summary>
    public const string Downloading = "DOWNLOADING";

    /// <summary>All artifacts are there and found good.</summary>
    public const string Downloaded = "DOWNLOADED";

    /// <summary>Containers are being created.</summary>
    public const string Installing = "INSTALLING";

    /// <summary>Containers are created; they are started next.</summary>
    public const string Installed = "INSTALLED";

    /// <summary>A container is being removed.</summary>
    public const string Removing = "REMOVING";

    /// <summary>A container is removed.</summary>
    public const string Removed = "REMOVED";

    /// <summary>It is being called off.</summary>
    public const string Canceling = "CANCELING";

    /// <summary>It cannot be called off any more and goes on.</summary>
    public const string CancelRejected = "CANCEL_REJECTED";

    /// <summary>It was called off.</summary>
    public const string FinishedCanceled = "FINISHED_CANCELED";

    /// <summary>It failed.</summary>
    public const string FinishedError = "FINISHED_ERROR";

    /// <summary>It was done.</summary>
    public const string FinishedSuccess = "FINISHED_SUCCESS";

    /// <summary>It was refused: a checksum that does not match, a container that is described badly.</summary>
    public const string FinishedRejected = "FINISHED_REJECTED";
}
