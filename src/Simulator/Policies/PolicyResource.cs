using System.Collections.Immutable;
using System.Text.Json;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Simulator.Policies;

/// <summary>What an entry of a policy grants and revokes somewhere (<c>ditto.md</c> 2.5).</summary>
/// <param name="Key"><c>type:/path</c>, for example <c>thing:/features/lamp</c>.</param>
/// <param name="Type"><c>thing</c>, <c>policy</c> or <c>message</c>; other types are kept and mean nothing.</param>
/// <param name="Path">The keys on the way down.</param>
/// <param name="Grant">What is granted there and below.</param>
/// <param name="Revoke">What is revoked there and below.</param>
/// <param name="Content">Its JSON object as it was given: <c>grant</c> and <c>revoke</c>.</param>
public sealed record PolicyResource(
    string Key, string Type, ImmutableArray<string> Path, Permissions Grant, Permissions Revoke, JsonElement Content)
{
    /// <summary>The resource type of things.</summary>
    public const string Thing = "thing";

    /// <summary>The resource type of policies.</summary>
    public const string Policy = "policy";

    /// <summary>The resource type of messages.</summary>
    public const string Message = "message";

    private static readonly JsonElement _readAndWrite = JsonText.Parse("""{"grant":["READ","WRITE"],"revoke":[]}""");

    /// <summary>READ and WRITE on everything of one type.</summary>
    internal static PolicyResource Everything(string type) =>
        new($"{type}:/", type, [], Permissions.Read | Permissions.Write, Permissions.None, _readAndWrite);

    /// <summary>Splits <c>type:/path</c>.</summary>
    /// <returns>What is wrong, or <see langword="null"/>.</returns>
    internal static string? Split(string key, out string type, out ImmutableArray<string> path)
    {
        var colon = key.IndexOf(':', StringComparison.Ordinal);
        (type, path) = (colon > 0 ? key[..colon] : "", []);
        if (colon <= 0 || colon + 1 == key.Length || key[colon + 1] != '/')
            return $"the resource '{key}' has not the form <type>:/<path>";
        var below = key[(colon + 1)..];
        if (type == Policy && PolicyPath.TryParse(below, out var part, out _))
            path = part.Segments;
        else if (JsonPointer.TryParse(below, out var pointer, out var problem))
            path = pointer.Segments;
        else
            return problem;
        return null;
    }
}
