using System.Collections.Immutable;
using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Simulator.Policies;

/// <summary><c>checkPermissions</c>: which of some permissions a caller has (<c>ditto.md</c> 4.2).</summary>
public static class PermissionChecks
{
    /// <summary>Answers <c>{"name":{"resource":"thing:/…","entityId":"ns:name","hasPermissions":["WRITE"]}}</c> with
    /// <c>{"name":true}</c>. All permissions of a check must be there, unrestricted; unknown things and policies give <c>false</c>.</summary>
    /// <param name="policies">The policies.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="request">The request's value.</param>
    /// <param name="policyOf">The policy's id of a thing; <see langword="null"/> if there is no such thing or it has none.</param>
    /// <returns>200 with the answers, or 400 for ids and resources that are none.</returns>
    public static PolicyOutcome Evaluate(PolicyStore policies, Caller caller, JsonElement request, Func<ThingId, ThingId?> policyOf)
    {
        if (request.ValueKind != JsonValueKind.Object)
            return PolicyOutcome.Refused(PolicyErrors.Json("an object of permission checks by name"));
        List<(string Name, bool Holds)> answers = [];
        foreach (var member in request.EnumerateObject())
        {
            var (check, error) = Read(member);
            if (error is not null)
                return PolicyOutcome.Refused(error);
            var isPolicy = check.Type == PolicyResource.Policy;
            var policy = isPolicy ? check.Entity : policyOf(check.Entity);
            var enforcer = policy is { } id && policies.Find(id) is not null
                ? policies.EnforcerFor(id, caller, isPolicy ? null : check.Entity.Namespace)
                : null;
            answers.Add((member.Name, check.Wanted is { } wanted && enforcer?.Allows(check.Type, check.Path, wanted) == true));
        }

        return new PolicyOutcome(200, JsonText.Build(writer => Write(writer, answers)), null, null);
    }

    private static (Check Check, DittoError? Error) Read(JsonProperty member)
    {
        if (member.Value.ValueKind != JsonValueKind.Object)
            return (default, PolicyErrors.Json($"a permission check, which is a JSON object: '{member.Name}'"));
        var values = new JsonElement[3];
        foreach (var (i, name) in (ReadOnlySpan<(int, string)>)[(0, "resource"), (1, "entityId"), (2, "hasPermissions")])
        {
            if (!member.Value.TryGetProperty(name, out values[i]))
                return (default, PolicyErrors.Missing(name, $"the permission check '{member.Name}'"));
        }

        if (values[0].ValueKind != JsonValueKind.String || values[1].ValueKind != JsonValueKind.String
            || PermissionNames.ParseAll(values[2]) is not { } wanted)
            return (default, PolicyErrors.Json($"a permission check: '{member.Name}' has members of a wrong type"));
        if (PolicyResource.Split(values[0].GetString()!, out var type, out var path) is { } problem)
            return (default, PolicyErrors.EntryInvalid(problem));
        if (type is not (PolicyResource.Thing or PolicyResource.Policy or PolicyResource.Message))
            return (default, PolicyErrors.EntryInvalid($"'{type}' is no resource type; thing, policy and message are"));
        if (!ThingId.TryParse(values[1].GetString(), out var entity, out problem))
            return (default, type == PolicyResource.Policy ? PolicyErrors.IdInvalid(problem) : PolicyErrors.ThingIdInvalid(problem));
        var areKnown = values[2].EnumerateArray().All(p => PermissionNames.Parse(p.GetString()) != Permissions.None);
        return (new Check(type, path, entity, areKnown ? wanted : null), null);
    }

    private static void Write(Utf8JsonWriter writer, List<(string Name, bool Holds)> answers)
    {
        writer.WriteStartObject();
        foreach (var (name, holds) in answers)
            writer.WriteBoolean(name, holds);
        writer.WriteEndObject();
    }

    private readonly record struct Check(string Type, ImmutableArray<string> Path, ThingId Entity, Permissions? Wanted);
}
