using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Protocol.Kanto;

/// <summary>
/// Whether the cloud can be reached, retained on <see cref="EdgeTopics.RemoteStatus"/> (<c>connectors-and-leda.md</c> 1.3).
/// </summary>
/// <param name="Connected">True exactly when <paramref name="Cause"/> is absent.</param>
/// <param name="At">When; absent in the will.</param>
/// <param name="Cause">Why not; one of the constants of this type.</param>
public sealed record ConnectionStatus(bool Connected, DateTimeOffset? At = null, string? Cause = null)
{
    /// <summary>The will: the connector was killed or lost its local socket.</summary>
    public const string Unknown = "CONNECTION_UNKNOWN";

    /// <summary>An orderly stop.</summary>
    public const string Closed = "CONNECTION_CLOSED";

    /// <summary>The connection to the hub was lost or could not be made.</summary>
    public const string Error = "CONNECTION_ERROR";

    /// <summary>The hub refused the credentials.</summary>
    public const string NotAuthenticated = "CONNECTION_NOT_AUTHENTICATED";

    /// <summary>The provisioning file changed; the connector takes a new identity.</summary>
    public const string ProvisioningUpdate = "PROVISIONING_UPDATE";

    /// <summary>The cloud can be reached.</summary>
    public static ConnectionStatus Up(DateTimeOffset at) => new(true, at);

    /// <summary>The cloud cannot be reached.</summary>
    public static ConnectionStatus Down(string cause, DateTimeOffset? at = null) => new(false, at, cause);

    /// <summary>The status as compact UTF-8 JSON: <c>connected</c>, <c>timestamp</c> in Unix seconds, <c>cause</c>, in this order.</summary>
    public byte[] ToUtf8() => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteBoolean("connected", Connected);
        if (At is { } at)
            writer.WriteNumber("timestamp", at.ToUnixTimeSeconds());
        if (Cause is not null)
            writer.WriteString("cause", Cause);
        writer.WriteEndObject();
    });
}
