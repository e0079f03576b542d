using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Policies;

/// <summary>Why Ditto refuses a policy command, by its own error ids (<c>ditto.md</c> 1.5, 2.4 and 4.6).</summary>
internal static class PolicyErrors
{
    public static DittoError NotFound(ThingId policy, PolicyPath path)
    {
        var id = path.Part switch
        {
            PolicyPart.Policy or PolicyPart.Entries or PolicyPart.Imports => "policies:policy.notfound",
            PolicyPart.Subject => "policies:subject.notfound",
            PolicyPart.Resource => "policies:resource.notfound",
            PolicyPart.Import => "policies:import.notfound",
            _ => "policies:entry.notfound",
        };
        var what = path.Part == PolicyPart.Policy ? "The" : $"'{path}' of the";
        return new DittoError(
            404, id, $"{what} Policy with ID '{policy}' could not be found or is not readable.", "Check the id, the path and your permissions.");
    }

    public static DittoError NotModifiable(ThingId policy, PolicyPath path)
    {
        var id = path.Part switch
        {
            PolicyPart.Policy or PolicyPart.Entries => "policies:policy.notmodifiable",
            PolicyPart.Subjects => "policies:subjects.notmodifiable",
            PolicyPart.Subject => "policies:subject.notmodifiable",
            PolicyPart.Resources => "policies:resources.notmodifiable",
            PolicyPart.Resource => "policies:resource.notmodifiable",
            PolicyPart.Imports => "policies:imports.notmodifiable",
            PolicyPart.Import => "policies:import.notmodifiable",
            _ => "policies:entry.notmodifiable",
        };
        return new DittoError(
            403, id, $"'{path}' of the Policy with ID '{policy}' may not be changed.", $"It takes unrestricted WRITE on 'policy:{path}'.");
    }

    public static DittoError NotCreatable(ThingId policy) => new(
        403, "policies:policy.notcreatable", $"The Policy with ID '{policy}' would not let its creator change it.",
        "Grant yourself WRITE on 'policy:/', or set the header 'allow-policy-lockout'.");

    public static DittoError LockedOut(ThingId policy, PolicyPath path) => new(
        403, path.Part is PolicyPart.Policy or PolicyPart.Entries or PolicyPart.Imports or PolicyPart.Import
            ? "policies:policy.modificationinvalid"
            : "policies:entry.modificationinvalid",
        $"Nobody could change the Policy with ID '{policy}' afterwards.",
        "At least one subject without expiry needs WRITE on 'policy:/'; or set the header 'allow-policy-lockout'.");

    public static DittoError Conflict(ThingId policy) => new(
        409, "policies:policy.conflict", $"The Policy with ID '{policy}' already exists.", "Use 'modify' to change it.");

    public static DittoError EntryReferred(ThingId policy, string label, string by) => new(
        409, "policies:entry.referenceconflict", $"The entry '{by}' of the Policy with ID '{policy}' refers to '{label}'.",
        "Remove that reference first.");

    public static DittoError ImportReferred(ThingId policy, ThingId import, string by) => new(
        409, "policies:import.referenceconflict", $"The entry '{by}' of the Policy with ID '{policy}' refers to the import '{import}'.",
        "Remove that reference first.");

    public static DittoError IdInvalid(string problem) => new(
        400, "policies:id.invalid", $"This is no policy id: {problem}.", "Use <namespace>:<name>.");

    public static DittoError IdNotSettable(ThingId policy) => new(
        400, "policies:id.notsettable", $"The 'policyId' of the value is not '{policy}'.", "Leave it out, or use the id of the topic or address.");

    public static DittoError LabelInvalid(string label) => new(
        400, "policies:label.invalid", $"'{label}' is no label of a policy entry.", "Use 1 to 256 characters without '/' and control characters.");

    public static DittoError SubjectIdInvalid(string subject) => new(
        400, "policies:subjectid.invalid", $"'{subject}' is no subject id.", "Use <issuer>:<subject>, for example nginx:ditto.");

    public static DittoError ExpiryInvalid(string subject) => new(
        400, "policies:subjectexpiry.invalid", $"The 'expiry' of the subject '{subject}' is no instant.", "Use ISO-8601, for example 2026-03-01T09:00:00Z.");

    public static DittoError EntryInvalid(string problem) => new(
        400, "policies:entry.invalid", $"The policy entry is invalid: {problem}.", "Check labels, resource keys and references.");

    public static DittoError ImportInvalid(string problem) => new(
        400, "policies:import.invalid", $"The policy import is invalid: {problem}.", "Check the imports.");

    public static DittoError TooManyImports(int count) => new(
        400, "policies:imports.toolarge", $"There are {count} imports.", $"At most {PolicyReader.MaxImports} are allowed.");

    public static DittoError TooLarge(int length) => new(
        413, "policies:policy.toolarge", $"The policy has {length} characters.", $"At most {PolicyStore.MaxLength} are allowed.");

    public static DittoError Placeholder(string text) => new(
        400, "gateway:placeholder.notresolvable", $"The placeholder in '{text}' is unknown.", "Use {{ request:subjectId }}.");

    public static DittoError Json(string expected) => new(
        400, "json.invalid", $"The value is not {expected}.", "Check the type of the value.");

    public static DittoError Missing(string member, string where) => new(
        400, "json.field.missing", $"'{member}' of {where} is missing.", "Add it.");

    public static DittoError KeyInvalid(string problem) => new(400, "json.pointer.invalid", $"{problem}.", "Check the path.");

    public static DittoError UnknownTopic(string problem) => new(
        400, "protocoladapter:unknown.topicpath", problem, "Check the command's action and path.");

    public static DittoError ThingNotCreatable(ThingId thing, string why) => new(
        400, "things:thing.notcreatable", $"The Thing with ID '{thing}' could not be created: {why}.", "Name an existing policy, or give one inline as '_policy'.");

    public static DittoError ThingNotModifiable(ThingId thing) => new(
        403, "things:thing.notmodifiable", $"The Thing with ID '{thing}' may not be changed.", "It takes unrestricted WRITE on 'thing:/'.");

    public static DittoError ThingNotFound(ThingId thing) => new(
        404, "things:thing.notfound", $"The Thing with ID '{thing}' could not be found or is not readable.", "Check the id and your permissions.");

    public static DittoError ThingIdInvalid(string problem) => new(
        400, "things:id.invalid", $"This is no thing id: {problem}.", "Use <namespace>:<name>.");

    public static DittoError PolicyConflicting(ThingId thing) => new(
        400, "things:policy.conflicting", $"The Thing with ID '{thing}' has both '_policy' and '_copyPolicyFrom'.", "Give one of them.");

    public static DittoError PolicyIdNotAllowed(ThingId thing) => new(
        400, "things:policy.id.notallowed", $"The Thing with ID '{thing}' has two different policy ids.", "Leave 'policyId' out of '_policy'.");

    public static DittoError ReferenceNotSupported(string text) => new(
        400, "placeholder:placeholder.reference.notsupported", $"'{text}' is no reference that can be followed.",
        "Use {{ ref:things/<thingId>/policyId }}.");
}
