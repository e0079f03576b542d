namespace Leda.Harness.Simulator.Api.Streams;

/// <summary>One server-sent event.</summary>
/// <param name="Data">Its data, UTF-8 text.</param>
/// <param name="Name">Its name, for <c>event:</c>; <see langword="null"/> for none.</param>
/// <param name="Id">What a reader shows as <c>Last-Event-ID</c> to go on behind it; <see langword="null"/> for none.</param>
internal readonly record struct ServerEvent(ReadOnlyMemory<byte> Data, string? Name = null, string? Id = null)
{
    /// <summary>Says nothing but that the stream is alive.</summary>
    public static ServerEvent Heartbeat => default;
}
