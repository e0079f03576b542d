using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Policies;
using Microsoft.Extensions.Time.Testing;

namespace Leda.Harness.Simulator.Tests.Policies;

/// <summary>A policy store, an owner and somebody else, and short ways to talk about them.</summary>
internal sealed class PolicyWorld
{
    public const string Owner = """{"subjects":{"nginx:owner":{"type":"t"}},"resources":{"policy:/":{"grant":["READ","WRITE"],"revoke":[]},"thing:/":{"grant":["READ","WRITE"],"revoke":[]}}}""";

    public static ThingId Id { get; } = ThingId.Parse("ns:p");

    public Caller U1 { get; } = Caller.Of("nginx:owner");

    public Caller U2 { get; } = Caller.Of("nginx:other");

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.Parse("2026-03-01T09:15:26.502Z"));

    public PolicyStore Policies { get; }

    public PolicyWorld() => Policies = new PolicyStore(Time);

    /// <summary>An entry as JSON: one subject, and resources written <c>thing:/a +R -W</c>, divided by commas.</summary>
    public static string Entry(string subject, string resources)
    {
        var written = resources.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(resource =>
        {
            var words = resource.Split(' ');
            return JsonText.String(words[0]).GetRawText() + $$""":{"grant":[{{Names('+')}}],"revoke":[{{Names('-')}}]}""";

            string Names(char sign) => string.Join(',', words[1..].Where(w => w[0] == sign).SelectMany(w => w[1..]).Select(Name));
        });
        return $$"""{"subjects":{"{{subject}}":{"type":"t"} },"resources":{ {{string.Join(',', written)}} } }""";

        static string Name(char letter) => letter switch { 'R' => "\"READ\"", 'W' => "\"WRITE\"", _ => "\"EXECUTE\"" };
    }

    /// <summary>A policy as JSON: the owner's entry, and entries of nginx:other.</summary>
    public static string Json(params string[] ofOther) =>
        $$"""{"entries":{"owner":{{Owner}}{{string.Concat(ofOther.Select((e, i) => $",\"e{i}\":{Entry("nginx:other", e)}"))}} } }""";

    /// <summary>What nginx:other may do by entries of his.</summary>
    public static Enforcer Enforcer(params string[] entries)
    {
        var world = new PolicyWorld();
        Assert.Equal(201, world.Put("/", Json(entries)).Status);
        return world.Policies.EnforcerFor(Id, world.U2, "ns")!;
    }

    public PolicyOutcome Put(string path, string value, Caller? caller = null, bool allowLockout = false, string id = "ns:p") =>
        Execute("modify", path, value, caller, allowLockout, id);

    public PolicyOutcome Get(string path, Caller? caller = null, string id = "ns:p") => Execute("retrieve", path, null, caller, false, id);

    public PolicyOutcome Delete(string path, Caller? caller = null, bool allowLockout = false, string id = "ns:p") =>
        Execute("delete", path, null, caller, allowLockout, id);

    public PolicyOutcome Execute(string action, string path, string? value, Caller? caller = null, bool allowLockout = false, string id = "ns:p") =>
        Policies.Execute(new PolicyCommand
        {
            Id = ThingId.Parse(id),
            Action = action,
            Path = PolicyPath.Parse(path),
            Value = value is null ? null : JsonText.Parse(value),
            Caller = caller ?? U1,
            AllowLockout = allowLockout,
        });

    public static JsonElement Of(string json) => JsonText.Parse(json);
}
