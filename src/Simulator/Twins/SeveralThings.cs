using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Simulator.Twins;

/// <summary>The retrieve of several things at once: on <c>_/_</c> or <c>&lt;namespace&gt;/_</c>, with <c>thingIds</c> (<c>ditto.md</c> 1.3).</summary>
internal static class SeveralThings
{
    private const string Ids = "thingIds";

    /// <summary>Whether a command is one.</summary>
    public static bool AreAskedFor(TwinCommand command) => command is { Action: "retrieve", Path.Kind: ResourceKind.Thing, Thing.Name: "_" }
        && command.Value is { ValueKind: JsonValueKind.Object } value && value.TryGetProperty(Ids, out var ids) && ids.ValueKind == JsonValueKind.Array;

    /// <summary>The things that there are and that the caller may read, in the order in which they were asked for.</summary>
    /// <param name="store">The things.</param>
    /// <param name="command">The command.</param>
    /// <param name="mayAsk">Which things may be asked for; <see langword="null"/> for all.</param>
    public static Envelope Retrieve(ThingStore store, TwinCommand command, Func<ThingId, bool>? mayAsk = null)
    {
        var things = new List<ThingId>();
        foreach (var item in command.Value!.Value.GetProperty(Ids).EnumerateArray())
        {
            var text = item.ValueKind == JsonValueKind.String ? item.GetString()! : item.GetRawText();
            if (!ThingId.TryParse(text, out var thing, out var problem))
                return TwinReply.Refusal(command, TwinErrors.IdInvalid(text, problem));
            things.Add(thing);
        }

        var found = things.Where(t => mayAsk?.Invoke(t) != false)
            .Select(t => store.Execute(command with { Thing = t, Value = null }))
            .Where(o => o.Value is not null);
        return Envelope(command, things, found.Select(o => o.Value!.Value));
    }

    private static Envelope Envelope(TwinCommand command, List<ThingId> things, IEnumerable<JsonElement> values)
    {
        var isOne = things.Count > 0 && things.All(t => t.Namespace == things[0].Namespace);
        return new Envelope
        {
            Topic = $"{(isOne ? things[0].Namespace : command.Thing.Namespace)}/_/things/twin/commands/retrieve",
            Headers = DittoHeaders.Of(command.Headers.CorrelationId, false, DittoHeaders.JsonContentType),
            Path = "/",
            Value = JsonText.Build(writer =>
            {
                writer.WriteStartArray();
                foreach (var value in values)
                    value.WriteTo(writer);
                writer.WriteEndArray();
            }),
            Status = 200,
        };
    }
}
