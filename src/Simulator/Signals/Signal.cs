using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.Signals;

/// <summary>Something that the cloud tells whoever listens: a twin's event, a live message, command or event, an error.</summary>
/// <param name="topic">The envelope's topic, read.</param>
/// <param name="envelope">The signal in Ditto's form.</param>
/// <param name="thing">The thing as it is after it, or was before it went; <see langword="null"/> if there is none.</param>
/// <param name="origin">The connection that it came by, which is not told again; <see langword="null"/> if it has no ears.</param>
public sealed class Signal(TopicPath topic, Envelope envelope, Thing? thing, string? origin)
{
    private byte[]? _utf8;

    /// <summary>The envelope's topic, read.</summary>
    public TopicPath Topic => topic;

    /// <summary>The signal in Ditto's form.</summary>
    public Envelope Envelope => envelope;

    /// <summary>The thing as it is after it, or was before it went; <see langword="null"/> if there is none.</summary>
    public Thing? Thing => thing;

    /// <summary>The connection that it came by, which is not told again (<c>ditto.md</c> 5.4); <see langword="null"/> if it has no ears.</summary>
    public string? Origin => origin;

    /// <summary>The envelope as text, written once for all who get it whole.</summary>
    public byte[] Utf8 => _utf8 ??= envelope.ToUtf8();
}
