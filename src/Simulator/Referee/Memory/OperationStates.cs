using System.Collections.Frozen;

namespace Leda.Harness.Simulator.Referee.Memory;

/// <summary>The state machine of software operations (<c>payloads.md</c> (a)).</summary>
internal static class OperationStates
{
    public const string Success = "FINISHED_SUCCESS";
    public const string Installed = "INSTALLED";
    private const string CancelRejected = "CANCEL_REJECTED";
    private const string Stored = "DOWNLOADED_FILE_STORED";
    private const string Failing = "CANCELING CANCEL_REJECTED FINISHED_ERROR FINISHED_REJECTED";
    private const string Ended = "FINISHED_ERROR FINISHED_SUCCESS FINISHED_WARNING FINISHED_REJECTED";

    // How far a state is; after a rejected cancel the operation goes on from where it was.
    private static readonly FrozenDictionary<string, int> _rank = new Dictionary<string, int>
    {
        ["STARTED"] = 0,
        ["DOWNLOADING"] = 1,
        ["DOWNLOADING_WAITING"] = 1,
        ["DOWNLOADED"] = 2,
        ["INSTALLING"] = 3,
        ["INSTALLING_WAITING"] = 3,
        ["INSTALLED"] = 4,
        ["REMOVING"] = 1,
        ["REMOVING_WAITING"] = 1,
        ["REMOVED"] = 1,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, FrozenSet<string>> _next = new Dictionary<string, string>
    {
        [""] = "STARTED DOWNLOADING REMOVING FINISHED_ERROR FINISHED_REJECTED",
        ["STARTED"] = $"DOWNLOADING DOWNLOADING_WAITING INSTALLING INSTALLING_WAITING REMOVING REMOVING_WAITING CANCELING {Ended}",
        ["DOWNLOADING"] = $"DOWNLOADING DOWNLOADING_WAITING DOWNLOADED {Failing}",
        ["DOWNLOADING_WAITING"] = $"DOWNLOADING_WAITING DOWNLOADING DOWNLOADED {Failing}",
        ["DOWNLOADED"] = $"INSTALLING INSTALLING_WAITING FINISHED_SUCCESS FINISHED_WARNING {Failing}",
        ["INSTALLING"] = $"INSTALLING INSTALLING_WAITING INSTALLED {Failing}",
        ["INSTALLING_WAITING"] = $"INSTALLING_WAITING INSTALLING INSTALLED {Failing}",
        ["INSTALLED"] = $"CANCEL_REJECTED {Ended}",
        ["REMOVING"] = $"REMOVING REMOVING_WAITING REMOVED {Failing}",
        ["REMOVING_WAITING"] = $"REMOVING_WAITING REMOVING REMOVED {Failing}",
        ["REMOVED"] = $"REMOVING CANCELING CANCEL_REJECTED {Ended}",
        ["CANCELING"] = "CANCELING CANCELING_WAITING FINISHED_CANCELED CANCEL_REJECTED FINISHED_ERROR",
        ["CANCELING_WAITING"] = "CANCELING_WAITING CANCELING FINISHED_CANCELED CANCEL_REJECTED FINISHED_ERROR",
        [CancelRejected] = "",
        [Success] = Stored,
        [Stored] = Stored,
        ["FINISHED_WARNING"] = "",
        ["FINISHED_CANCELED"] = "",
        ["FINISHED_ERROR"] = "",
        ["FINISHED_REJECTED"] = "",
    }.ToFrozenDictionary(entry => entry.Key, entry => entry.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet());

    /// <summary>What an operation begins with, for people.</summary>
    public static string First => $"one of {string.Join(", ", _next[""].Order(StringComparer.Ordinal))}";

    public static bool IsKnown(string status) => _next.ContainsKey(status) && status.Length > 0;

    public static bool IsFirst(string status) => _next[""].Contains(status);

    public static bool IsFailure(string status) => status is "FINISHED_ERROR" or "FINISHED_REJECTED" or CancelRejected;

    public static bool IsEnd(string status) => status is Stored || status.StartsWith("FINISHED_", StringComparison.Ordinal);

    public static bool IsCancel(string status) => status.StartsWith("CANCEL", StringComparison.Ordinal);

    /// <summary>What <see cref="MayFollow"/>, for people.</summary>
    public static string After(OperationMemory operation, string kind)
    {
        var next = _next.Keys.Where(status => IsKnown(status) && MayFollow(operation, kind, status)).Order(StringComparer.Ordinal).ToList();
        return next.Count > 0 ? $"after {operation.Status} one of {string.Join(", ", next)}" : $"nothing after {operation.Status}";
    }

    /// <summary>Whether a status may follow another one.</summary>
    /// <param name="operation">The operation up to now.</param>
    /// <param name="kind">The command's name; empty if it was not seen.</param>
    /// <param name="next">The status.</param>
    public static bool MayFollow(OperationMemory operation, string kind, string next)
    {
        var status = operation.Status;
        if (status == CancelRejected)
            return _rank.GetValueOrDefault(next, int.MaxValue) >= _rank.GetValueOrDefault(operation.BeforeCancel, 0);
        if (operation.IsRemoval && status is ("FINISHED_REJECTED" or "FINISHED_ERROR"))
            return next is "FINISHED_ERROR" or Success; // one end for each group of items: rejected, failed, removed
        var isOther = status == "DOWNLOADED" && kind switch
        {
            "install" => next is Success or "FINISHED_WARNING",
            "download" => next.StartsWith("INSTALLING", StringComparison.Ordinal),
            _ => false,
        };
        return !isOther && _next[status].Contains(next);
    }
}
