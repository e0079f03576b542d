using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Device.Containers.Documents;

/// <summary>
/// A container as files and software artifacts describe it, in snake case (<c>kanto-container-management.md</c> 5.2): the content of
/// <c>config.json</c>, of what is installed, of deployment files and of what <c>kanto-cm get</c> prints. Members stand in the original's order.
/// </summary>
internal sealed record ContainerDocument
{
    private static readonly JsonWriterOptions _asPrinted = JsonText.Compact with { Indented = true, IndentSize = 3, NewLine = "\n" };

    /// <summary>The id; absent: a fresh one.</summary>
    public string? ContainerId { get; init; }

    /// <summary>The name; absent: the id.</summary>
    public string? ContainerName { get; init; }

    /// <summary>The image; its name is all that a document must say.</summary>
    public ImageDocument? Image { get; init; }

    /// <summary>Default <c>&lt;name&gt;-domain</c>.</summary>
    public string? DomainName { get; init; }

    /// <summary>Default <c>&lt;name&gt;-host</c>.</summary>
    public string? HostName { get; init; }

    /// <summary>The file that the container sees as <c>/etc/resolv.conf</c>.</summary>
    public string? ResolvConfPath { get; init; }

    /// <summary>The file that the container sees as <c>/etc/hosts</c>.</summary>
    public string? HostsPath { get; init; }

    /// <summary>The file that the container sees as <c>/etc/hostname</c>.</summary>
    public string? HostnamePath { get; init; }

    /// <summary>Host directories mounted into it.</summary>
    public IReadOnlyList<MountDocument>? MountPoints { get; init; }

    /// <summary>Programs that run before and after its process.</summary>
    public IReadOnlyList<HookDocument>? Hooks { get; init; }

    /// <summary>Environment and command line.</summary>
    public CommandDocument? Config { get; init; }

    /// <summary>What it has from the host.</summary>
    public HostDocument? HostConfig { get; init; }

    /// <summary>Its standard streams.</summary>
    public IoDocument? IoConfig { get; init; }

    /// <summary>The networks that it was in.</summary>
    public NetworkSettingsDocument? NetworkSettings { get; init; }

    /// <summary>What it does; of no meaning where a container is only described.</summary>
    public StateDocument? State { get; init; }

    /// <summary>When it was created, RFC 3339 as it was written, nanoseconds included.</summary>
    public string? Created { get; init; }

    /// <summary>Automatic restarts since somebody started it.</summary>
    public int RestartCount { get; init; }

    /// <summary>Whether its last stop was asked for.</summary>
    public bool ManuallyStopped { get; init; }

    /// <summary>Whether it ever ran.</summary>
    public bool StartedSuccessfullyBefore { get; init; }

    /// <summary>Reads a document as Go does: member names in any case, unknown members ignored, <c>null</c> as if it were not there.</summary>
    /// <param name="json">UTF-8 text.</param>
    /// <param name="document">The result.</param>
    /// <param name="problem">Why it is no document, in the words of a JSON decoder.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> json, [NotNullWhen(true)] out ContainerDocument? document, [NotNullWhen(false)] out string? problem)
    {
        document = null;
        if (!JsonText.TryParse(json, out var value, out problem))
        {
            problem = DocumentProblem.OfText(json, problem);
            return false;
        }

        if (value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null))
        {
            problem = DocumentProblem.OfType(value, "container");
            return false;
        }

        try
        {
            document = value.ValueKind == JsonValueKind.Null
                ? new ContainerDocument()
                : NullsAway.Of(value).Deserialize(DocumentJson.Default.ContainerDocument)!;
        }
        catch (JsonException e)
        {
            problem = $"json: cannot read the value at {e.Path ?? "$"}: wrong type or out of range";
        }

        return document is not null;
    }

    /// <summary>The document that says all of a container.</summary>
    public static ContainerDocument Of(Container container) => DocumentOfContainer.Make(container);

    /// <summary>What is to be created if someone installs or creates this; state is not looked at.</summary>
    /// <exception cref="ContainerException">An enumeration is spelled in upper case, as only the twin does it.</exception>
    public ContainerDescription ToDescription() => ContainerOfDocument.Describe(this);

    /// <summary>The container whose state on disk this is, defaults filled in (5.5).</summary>
    public Container ToContainer() => ContainerOfDocument.Make(this);

    /// <summary>The document as UTF-8 JSON.</summary>
    /// <param name="indented">Whether by three spaces, as <c>kanto-cm get</c> prints it (recording 10); otherwise compact.</param>
    public byte[] ToUtf8(bool indented)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var writer = new Utf8JsonWriter(buffer, indented ? _asPrinted : JsonText.Compact))
            JsonSerializer.Serialize(writer, this, DocumentJson.Default.ContainerDocument);
        return buffer.WrittenSpan.ToArray();
    }
}
