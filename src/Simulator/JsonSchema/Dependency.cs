using System.Text.Json;

namespace Leda.Harness.Simulator.JsonSchema;

/// <summary>What an object must be when it has a certain member.</summary>
/// <param name="trigger">The member.</param>
/// <param name="required">The members that it must have then.</param>
/// <param name="schema">The schema that it must pass then.</param>
internal sealed class Dependency(string trigger, string[] required, SchemaNode? schema)
{
    public string Trigger => trigger;

    public byte[] TriggerUtf8 { get; } = System.Text.Encoding.UTF8.GetBytes(trigger);

    public string[] Required => required;

    public SchemaNode? Schema => schema;

    public IEnumerable<string> Names => required.Prepend(trigger);

    /// <summary>The members that it must have then, as places in the table of names.</summary>
    public Presence Needed { get; set; }

    /// <summary>The dependencies that a schema has.</summary>
    public static IEnumerable<Dependency> Of(SchemaPlace place, SchemaCompiler compiler)
    {
        if (place.Get("dependencies", JsonValueKind.Object, "an object") is not { } all)
            yield break;
        foreach (var member in all.EnumerateObject())
        {
            var at = place.Below("dependencies", all);
            yield return member.Value.ValueKind == JsonValueKind.Array
                ? new Dependency(member.Name, at.Names(member.Name), null)
                : new Dependency(member.Name, [], compiler.Node(compiler.Places.Child(at, member.Name, member.Value)));
        }
    }
}
