using Leda.Harness.Device.Control.Wire;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Control;

/// <summary>Reads an update's arguments out of the message that travels over the control socket, where times are seconds as on MQTT.</summary>
internal static class UpdateOfWire
{
    /// <summary>The arguments; what is absent stays as it is.</summary>
    public static UpdateArguments Make(UpdateOptions options) => new()
    {
        RestartPolicy = options.RestartPolicy is { } policy
            ? new() { Type = policy.Type, MaxRetryCount = policy.MaximumRetryCount, RetryTimeout = policy.RetryTimeout }
            : null,
        Resources = options.Resources is { } limits
            ? new()
            {
                Memory = NullIfEmpty(limits.Memory),
                MemoryReservation = NullIfEmpty(limits.MemoryReservation),
                MemorySwap = NullIfEmpty(limits.MemorySwap),
            }
            : null,
    };

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
