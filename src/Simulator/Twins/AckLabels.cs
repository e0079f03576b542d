using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Simulator.Twins;

/// <summary>The labels of acknowledgements (<c>ditto.md</c> 1.4 and 1.5): which a command asks for, and which the cloud gives itself.</summary>
internal static partial class AckLabels
{
    /// <summary>The header that asks for them.</summary>
    public const string Requested = "requested-acks";

    /// <summary>Given when a change is stored.</summary>
    public const string TwinPersisted = "twin-persisted";

    /// <summary>Given when the search finds the change; here that is at once.</summary>
    public const string SearchPersisted = "search-persisted";

    /// <summary>Given by the answer of a device.</summary>
    public const string LiveResponse = "live-response";

    public static bool IsBuiltIn(string label) => label is TwinPersisted or SearchPersisted or LiveResponse;

    public static bool IsValid(string label) => Pattern().IsMatch(label);

    /// <summary>What a command asks for, each label once, in its order; <see langword="null"/> if it does not say.</summary>
    public static ImmutableArray<string>? RequestedBy(DittoHeaders headers) => In(headers, Requested);

    /// <summary>What a connection declares that it will give.</summary>
    public static ImmutableArray<string> IssuedBy(DittoHeaders headers) => In(headers, "declared-acks") ?? [];

    public static JsonElement ToJson(IEnumerable<string> labels) => JsonText.Build(writer =>
    {
        writer.WriteStartArray();
        foreach (var label in labels)
            writer.WriteStringValue(label);
        writer.WriteEndArray();
    });

    private static ImmutableArray<string>? In(DittoHeaders headers, string name) => headers.Find(name) switch
    {
        { ValueKind: JsonValueKind.Array } array =>
            [.. array.EnumerateArray().Select(l => l.ValueKind == JsonValueKind.String ? l.GetString()! : l.GetRawText()).Distinct()],
        { ValueKind: JsonValueKind.String } text => [.. text.GetString()!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()],
        _ => null,
    };

    [GeneratedRegex(@"\A[a-zA-Z0-9_:-]{3,100}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
