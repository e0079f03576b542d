using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Policies;

namespace Leda.Harness.Simulator.Twins;

/// <summary>A command on the twin channel, read and ready to be executed (<c>ditto.md</c> 2.2), from whatever transport it came.</summary>
/// <param name="Thing">The thing.</param>
/// <param name="Action"><c>create</c>, <c>modify</c>, <c>merge</c>, <c>delete</c> or <c>retrieve</c>.</param>
/// <param name="Path">Which part of it.</param>
/// <param name="Value">The payload, compact; <see langword="null"/> if absent.</param>
/// <param name="Headers">Correlation id, conditions, entity tags …</param>
/// <param name="Fields">What a retrieve is to give back; <see langword="null"/> for all.</param>
public sealed record TwinCommand(
    ThingId Thing, string Action, ResourcePath Path, JsonElement? Value, DittoHeaders Headers, string? Fields = null)
{
    /// <summary>Who sends it.</summary>
    public required Caller Caller { get; init; }

    /// <summary>The connection that it came by, which is not told of the change again (<c>ditto.md</c> 5.4); <see langword="null"/> if it has no ears.</summary>
    public string? Origin { get; init; }

    /// <summary>Reads a command from its envelope.</summary>
    /// <param name="topic">The envelope's topic, of the criterion <see cref="Criterion.Commands"/>.</param>
    /// <param name="envelope">The envelope.</param>
    /// <param name="caller">Who sends it.</param>
    /// <param name="command">The command.</param>
    /// <param name="error">Why it is none, as Ditto says it.</param>
    public static bool TryRead(
        TopicPath topic, Envelope envelope, Caller caller, [NotNullWhen(true)] out TwinCommand? command, [NotNullWhen(false)] out DittoError? error)
    {
        command = null;
        if (!ResourcePath.TryParse(envelope.Path, out var path, out var problem))
        {
            error = TwinErrors.OfPath(envelope.Path, problem);
            return false;
        }

        error = topic.Action == "create" && path.Kind != ResourceKind.Thing
            ? TwinErrors.UnknownTopic($"'create' is not supported for the path '{path}'.")
            : null;
        if (error is null)
        {
            command = new TwinCommand(topic.ThingId, topic.Action, path, envelope.Value?.Compacted(), envelope.Headers, envelope.Fields)
            {
                Caller = caller,
            };
        }

        return error is null;
    }

    /// <summary>The command's topic, which is its response's too.</summary>
    public TopicPath Topic => TopicPath.TwinCommand(Thing, Action);
}
