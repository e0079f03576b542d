using Leda.Harness.Protocol.Updates;

namespace Leda.Harness.Device.Updates;

/// <summary>One of the commands: when it may come, and which words tell how it goes (the table of <c>kanto-container-management.md</c> 3.5).</summary>
/// <param name="Command">The command.</param>
/// <param name="After">The statuses of a baseline in which it may come; none means any.</param>
/// <param name="Doing">The status while it is carried out.</param>
/// <param name="Success">The status afterwards.</param>
/// <param name="Failure">The status if something went wrong, and the answer if it must not come.</param>
/// <param name="Concerns">The kinds of action that it is about.</param>
internal sealed record UpdatePhase(
    string Command, IReadOnlyList<string> After, string Doing, string Success, string Failure, IReadOnlyList<UpdateActionKind> Concerns)
{
    public static UpdatePhase Download { get; } = new(
        DesiredStateCommand.Download,
        [UpdateStatus.Identified],
        UpdateStatus.Downloading,
        UpdateStatus.DownloadSuccess,
        UpdateStatus.DownloadFailure,
        [UpdateActionKind.Create, UpdateActionKind.Recreate]);

    public static UpdatePhase Update { get; } = new(
        DesiredStateCommand.Update,
        [UpdateStatus.DownloadSuccess],
        UpdateStatus.Updating,
        UpdateStatus.UpdateSuccess,
        UpdateStatus.UpdateFailure,
        [UpdateActionKind.Recreate, UpdateActionKind.Destroy, UpdateActionKind.Update]);

    public static UpdatePhase Activate { get; } = new(
        DesiredStateCommand.Activate,
        [UpdateStatus.UpdateSuccess],
        UpdateStatus.Activating,
        UpdateStatus.ActivationSuccess,
        UpdateStatus.ActivationFailure,
        [UpdateActionKind.Check, UpdateActionKind.Create, UpdateActionKind.Recreate, UpdateActionKind.Update]);

    public static UpdatePhase Rollback { get; } = new(
        DesiredStateCommand.Rollback,
        [UpdateStatus.DownloadSuccess, UpdateStatus.UpdateSuccess, UpdateStatus.ActivationFailure, UpdateStatus.ActivationSuccess],
        UpdateStatus.Rollback,
        UpdateStatus.RollbackSuccess,
        UpdateStatus.RollbackFailure,
        [UpdateActionKind.Create, UpdateActionKind.Recreate, UpdateActionKind.Update, UpdateActionKind.Destroy]);

    /// <summary>It has no status of its own while it is carried out.</summary>
    public static UpdatePhase Cleanup { get; } = new(
        DesiredStateCommand.Cleanup,
        [],
        UpdateStatus.CleanupSuccess,
        UpdateStatus.CleanupSuccess,
        UpdateStatus.CleanupFailure,
        [UpdateActionKind.Recreate, UpdateActionKind.Destroy]);

    /// <summary>The phase that a command asks for, or <see langword="null"/> if there is no such command.</summary>
    public static UpdatePhase? Of(string? command) =>
        Array.Find([Download, Update, Activate, Rollback, Cleanup], phase => phase.Command == command);

    /// <summary>Why it must not come now, for people, or <see langword="null"/>.</summary>
    public string? Refuse(string status) => After.Count == 0 || After.Contains(status)
        ? null
        : $"{Command} is possible only after {string.Join(" or ", After)}, not after {status}";
}
