using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Twins;

/// <summary>Why Ditto refuses a twin command, by its own error ids (<c>ditto.md</c> 1.5, 2.2 and 2.3).</summary>
internal static class TwinErrors
{
    public static DittoError ThingNotFound(ThingId thing) => new(
        404, "things:thing.notfound", $"The Thing with ID '{thing}' could not be found.", "Create the thing first, or check its id.");

    public static DittoError HistoryNotFound(ThingId thing) => new(
        404, "things:thing.history.notfound", $"The Thing with ID '{thing}' at the revision or instant asked for is not known (any longer).",
        $"It was not there then, or is forgotten: at most {TwinHistory.MaxChanges} changes of a thing are kept, and none across a restart.");

    public static DittoError FeatureNotFound(ThingId thing, string feature) => new(
        404, "things:feature.notfound", $"The Feature with ID '{feature}' on the Thing with ID '{thing}' could not be found.",
        "Create the feature first, or check its id.");

    /// <summary>What is said to somebody who may not write there; that it exists is no secret to who writes (<c>ditto.md</c> 2.3).</summary>
    public static DittoError Denied(TwinCommand command)
    {
        var id = command switch
        {
            { Action: "delete", Path.Kind: ResourceKind.Thing } => "things:thing.notdeletable",
            { Action: "merge" } or { Path.Kind: ResourceKind.Thing } => "things:thing.notmodifiable",
            _ => NotFound(command.Thing, command.Path).Error.Replace("notfound", "notmodifiable", StringComparison.Ordinal),
        };
        return new DittoError(
            403, id, $"'{command.Path}' of the Thing with ID '{command.Thing}' may not be changed by this caller.",
            "It takes WRITE there in the thing's policy.");
    }

    public static DittoError PolicyNotAllowed(ThingId thing) => new(
        400, "things:policy.notallowed", $"The Thing with ID '{thing}' exists: its policy cannot be given along with it.",
        "Change the policy itself, or the thing's 'policyId'.");

    public static DittoError PolicyNotFound(string? policy) => new(
        404, "policies:policy.notfound", $"The Policy with ID '{policy}' could not be found.", "Create the policy first.");

    /// <summary>What is said if something is not there, or not for the caller.</summary>
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

    public static DittoError IdInvalid(string id, string problem) => new(
        400, "things:id.invalid", $"The thing id '{id}' is invalid: {problem}.", "Use <namespace>:<name>.");

    public static DittoError IdNotSettable(ThingId thing) => new(
        400, "things:id.notsettable", $"The 'thingId' of the value is not '{thing}'.", "Leave it out, or use the id of the topic.");

    public static DittoError InvalidValue(string expected) => new(
        400, "json.invalid", $"The value of the command is not {expected}.", "Check the type of 'value'.");

    public static DittoError UnknownTopic(string problem) => new(
        400, "protocoladapter:unknown.topicpath", problem, "Check the envelope's 'topic'.");

    /// <summary>A path that cannot be read, or leads to no part of a thing.</summary>
    public static DittoError OfPath(string path, string problem) => path.Contains("//", StringComparison.Ordinal)
        ? new(400, "json.pointer.invalid", $"The JSON pointer '{path}' is invalid.", problem)
        : new(400, "protocoladapter:unknown.path", problem, "Check the envelope's 'path'.");

    public static DittoError HeaderInvalid(string name, string expected) => new(
        400, "header.invalid", $"The value of the header '{name}' is invalid: {expected}.", "Correct the header, or leave it out.");

    public static DittoError PreconditionFailed(string header) => new(
        412, "things:precondition.failed", $"The precondition of the header '{header}' does not hold for the present state.",
        "Read the present state and its entity tag, then decide again.");

    public static DittoError ConditionFailed() => new(
        412, "things:condition.failed", "The condition does not hold for the present state, or reads what the caller may not read.",
        "Read the present state, then decide again.");

    public static DittoError NotModified() => new(
        304, "things:precondition.notmodified", "The present state has one of the entity tags of 'if-none-match'.", "Use what you have.");

    public static DittoError MetadataHeadersConflict() => new(
        400, "things:metadata.headersconflict", "It is not clear what is to be done with the metadata.",
        "Multiple metadata headers were specified. Use one: 'get-metadata' to read, 'put-metadata' or 'delete-metadata' to write.");

    public static DittoError MetadataTwice() => new(
        400, "things:metadata.notmodifiable", "The metadata cannot be changed by this request.",
        "Multiple occurrences of metadata per request is not allowed. Use the header 'put-metadata' or the member '_metadata'.");

    public static DittoError MergeInvalid(string problem) => new(
        400, "things:merge.invalid", $"The patch cannot be applied: {problem}.", "Send a JSON merge patch (RFC 7396).");

    public static DittoError IdNotDeletable() => new(
        400, "things:id.notdeletable", "The thing's id cannot be taken away by a patch.", "Leave 'thingId' out of the patch.");

    public static DittoError PolicyIdNotDeletable() => new(
        400, "things:policyId.notdeletable", "The policy's id cannot be taken away by a patch.", "Patch it with another policy's id.");

    public static DittoError PolicyIdInvalid(string problem) => new(
        400, "policies:id.invalid", $"The policy id is invalid: {problem}.", "Use <namespace>:<name>.");

    public static DittoError DefinitionInvalid(string? identifier) => new(
        400, "things:definition.identifier.invalid", $"The definition identifier '{identifier}' is invalid.",
        "Use <namespace>:<name>:<version> or the URL of a model.");

    public static DittoError FeatureDefinitionEmpty() => new(
        400, "things:feature.definition.empty", "A feature definition has at least one identifier.", "Add one, or delete the definition.");

    public static DittoError KeyInvalid(string key) => new(
        400, "json.key.invalid", $"The JSON key '{key}' is empty, longer than {TwinKeys.MaxLength} characters, or has '/' or a control character.",
        "Choose another key.");

    public static DittoError TooLarge(long size) => new(
        413, "things:thing.toolarge", $"The thing would have {size} characters; at most {TwinValues.MaxThingSize} are allowed.",
        "Take something away first.");

    /// <summary>What is said if nothing stands at a path; <see langword="null"/> if something does.</summary>
    public static DittoError? Missing(Thing thing, ResourcePath path)
    {
        if (thing.TryGet(path, out _))
            return null;
        return path is { Kind: ResourceKind.Feature } && thing.Feature(path.FeatureId!) is null
            ? FeatureNotFound(thing.Id, path.FeatureId!)
            : NotFound(thing.Id, path);
    }

    private static string OfFeature(string part, bool whole) => part switch
    {
        "definition" => "things:feature.definition.notfound",
        "properties" => whole ? "things:feature.properties.notfound" : "things:feature.property.notfound",
        _ => whole ? "things:feature.desiredProperties.notfound" : "things:feature.desiredProperty.notfound",
    };
}
