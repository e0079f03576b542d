using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Twins;

/// <summary>Why Ditto refuses a twin command, by its own error ids (<c>ditto.md</c> 1.5, 2.2 and 2.3).</summary>
internal static class TwinErrors
{
    public static DittoError ThingNotFound(ThingId thing) => new(
        404, "things:thing.notfound", $"The Thing with ID '{thing}' could not be found.", "Create the thing first, or check its id.");

    public static DittoError FeatureNotFound(ThingId thing, string feature) => new(
        404, "things:feature.notfound", $"The Feature with ID '{feature}' on the Thing with ID '{thing}' could not be found.",
        "Register the whole feature before its properties.");

    public static DittoError NotFound(ThingId thing, ResourcePath path)
    {
        var id = path switch
        {
            { Kind: ResourceKind.PolicyId } => "things:policyId.notfound",
            { Kind: ResourceKind.Definition } => "things:definition.notfound",
            { Kind: ResourceKind.Attributes, Pointer.IsRoot: true } => "things:attributes.notfound",
            { Kind: ResourceKind.Attributes } => "things:attribute.notfound",
            { Kind: ResourceKind.Features } => "things:features.notfound",
            { Pointer.IsRoot: true } => "things:feature.notfound",
            _ => OfFeature(path.Pointer.Segments[0], path.Pointer.Segments.Length == 1),
        };
        return new DittoError(404, id, $"'{path}' of the Thing with ID '{thing}' does not exist.", "Check the path.");
    }

    public static DittoError Conflict(ThingId thing) => new(
        409, "things:thing.conflict", $"The Thing with ID '{thing}' already exists.", "Use 'modify' to change it.");

    public static DittoError IdNotSettable(ThingId thing) => new(
        400, "things:id.notsettable", $"The 'thingId' of the value is not '{thing}'.", "Leave it out, or use the id of the topic.");

    public static DittoError InvalidValue(string expected) => new(
        400, "json.invalid", $"The value of the command is not {expected}.", "Check the type of 'value'.");

    public static DittoError UnknownTopic(string problem) => new(
        400, "protocoladapter:unknown.topicpath", problem, "Check the envelope's 'topic'.");

    public static DittoError UnknownPath(string problem) => new(
        400, "protocoladapter:unknown.path", problem, "Check the envelope's 'path'.");

    private static string OfFeature(string part, bool whole) => part switch
    {
        "definition" => "things:feature.definition.notfound",
        "properties" => whole ? "things:feature.properties.notfound" : "things:feature.property.notfound",
        _ => whole ? "things:feature.desiredProperties.notfound" : "things:feature.desiredProperty.notfound",
    };
}
