namespace Leda.Harness.Official;

/// <summary>One place where an official schema says what Ditto itself does not keep to.</summary>
/// <param name="File">The schema's file.</param>
/// <param name="At">The place, as Newtonsoft's path.</param>
/// <param name="Value">What stands there instead, as JSON; <see langword="null"/>: nothing.</param>
/// <param name="Reason">Why, by <c>ditto.md</c> 7.</param>
internal sealed record SchemaPatch(string File, string At, string? Value, string Reason)
{
    private const string AnyValue = """["object","string","number","array","boolean","null"]""";
    private const string NullValue = "7.1: Ditto sends 'value: null' (a merge that deletes, a value that is null); the type list lacks it";
    private const string NoCorrelation = "7.1, 7.2: Ditto's own commands, events and search signals come without correlation-id; only who answers repeats one";
    private const string FeatureMember = "7: every member of a feature must be an object here, but its definition is an array";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SchemaPatch> All { get; } =
    [
        new("protocol-envelope.json", "properties.value.type", AnyValue, NullValue),
        new("protocol-response.json", "properties.value.type", AnyValue, NullValue),
        new("protocol-ack.json", "properties.value.type", AnyValue, NullValue),
        new("protocol-envelope.json", "properties.headers.required", null, NoCorrelation),
        new("thing_v2.json", "properties.features.additionalProperties.additionalProperties.type", null, FeatureMember),
        new("thing_v2.json", "properties.features.additionalProperties.type", """["object","null"]""", "7: a feature may be null"),
        new("thing_v2.json", "properties.definition.pattern", null, "7, 7.2: a definition may also be a URL"),
        new("feature_v2.json", "required", null, "7, 7.2: an empty list is no valid draft-04"),
        new("feature_v2.json", "properties.definition.items.pattern", null, "7: a definition may also be a URL; the pattern passes and fails those by accident"),
    ];
}
