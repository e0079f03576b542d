using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.Api.Acks;

/// <summary>What the sender of a twin command wants to hear of it, and how long it waits (<c>ditto.md</c> 1.4).</summary>
/// <param name="Labels">The acknowledgements, in the order in which they were asked for.</param>
/// <param name="WantsResponse">Whether anything is to be answered on success.</param>
/// <param name="Timeout">How long it waits.</param>
internal sealed record AckDemand(ImmutableArray<string> Labels, bool WantsResponse, TimeSpan Timeout)
{
    /// <summary>The longest that a command may wait.</summary>
    public static readonly TimeSpan MaxTimeout = TimeSpan.FromSeconds(60);

    private static readonly ImmutableArray<string> _ordinary = [AckLabels.TwinPersisted];

    /// <summary>Whether the command's own answer is all that is wanted.</summary>
    public bool IsOrdinary => !WantsResponse || Labels is [AckLabels.TwinPersisted];

    /// <summary>Reads it from a command's headers.</summary>
    public static bool TryRead(DittoHeaders headers, [NotNullWhen(true)] out AckDemand? demand, [NotNullWhen(false)] out DittoError? error)
    {
        demand = null;
        var timeout = DittoDuration.Default;
        error = headers.Find("timeout") is null ? null : ReadTimeout(headers.Timeout ?? "", out timeout);
        var requested = AckLabels.RequestedBy(headers);
        foreach (var label in requested ?? [])
            error ??= AckLabels.IsValid(label) ? null : AckErrors.LabelInvalid(label);
        var noWait = timeout == TimeSpan.Zero;
        if (noWait && headers.ResponseRequired == true)
            error ??= TwinErrors.HeaderInvalid("response-required", "nothing can be answered with 'timeout' 0");
        if (noWait && requested is { Length: > 0 })
            error ??= TwinErrors.HeaderInvalid(AckLabels.Requested, "nothing can be acknowledged with 'timeout' 0");
        if (error is not null)
            return false;
        var wanted = headers.ResponseRequired ?? (!noWait && requested is null or { Length: > 0 });
        demand = new AckDemand(!wanted ? [] : requested is { Length: > 0 } labels ? labels : _ordinary, wanted, timeout);
        return true;
    }

    private static DittoError? ReadTimeout(string text, out TimeSpan timeout) =>
        DittoDuration.TryParse(text, out timeout) && timeout <= MaxTimeout ? null : ApiError.TimeoutInvalid(text, MaxTimeout);
}
