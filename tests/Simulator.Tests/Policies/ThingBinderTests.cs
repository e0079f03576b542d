using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Policies;

namespace Leda.Harness.Simulator.Tests.Policies;

/// <summary>The policy of a thing that is being created (<c>ditto.md</c> 2.4).</summary>
public sealed class ThingBinderTests
{
    private static readonly ThingId _thing = ThingId.Parse("ns:t");
    private readonly PolicyWorld _world = new();

    public ThingBinderTests() => _world.Put("/", PolicyWorld.Json("thing:/ +R, policy:/ +R"));

    [Fact]
    public void E01_NothingGiven_TheCreatorOwnsAPolicyOfTheThingsName()
    {
        Assert.Equal(_thing, Bind("{}").PolicyId);

        Assert.Equal(Policy.Implicit(_thing, "nginx:owner").ToJson().GetRawText(), _world.Policies.Find(_thing)!.ToJson().GetRawText());
        AssertRefused(400, "things:thing.notcreatable", Bind("{}"));
        Assert.Equal(_thing, Bind("""{"policyId":"ns:t"}""").PolicyId);
    }

    [Fact]
    public void PolicyId_MustLeadToAPolicyThatLetsTheCallerWrite()
    {
        Assert.Equal(PolicyWorld.Id, Bind("""{"policyId":"ns:p"}""").PolicyId);
        AssertRefused(403, "things:thing.notmodifiable", Bind("""{"policyId":"ns:p"}""", _world.U2));
        AssertRefused(400, "things:thing.notcreatable", Bind("""{"policyId":"ns:unknown"}"""));
        AssertRefused(400, "policies:id.invalid", Bind("""{"policyId":"invalid"}"""));
    }

    [Fact]
    public void E06_InlineAndCopied_AreAConflict() =>
        AssertRefused(400, "things:policy.conflicting", Bind("""{"_policy":{"entries":{}},"_copyPolicyFrom":"ns:p"}"""));

    [Fact]
    public void Inline_IsCreatedUnderTheGivenId()
    {
        Assert.Equal(_thing, Bind($$"""{"_policy":{{PolicyWorld.Json()}} }""").PolicyId);
        Assert.Equal("ns:q", Bind($$"""{"policyId":"ns:q","_policy":{{PolicyWorld.Json()}} }""").PolicyId.ToString());
        AssertRefused(400, "things:policy.id.notallowed", Bind("""{"policyId":"ns:a","_policy":{"policyId":"ns:b","entries":{}}}"""));
        AssertRefused(400, "things:thing.notcreatable", Bind($$"""{"policyId":"ns:p","_policy":{{PolicyWorld.Json()}} }"""));
    }

    [Fact]
    public void Inline_WithoutWriteOnTheThing_CreatesNothing()
    {
        AssertRefused(403, "things:thing.notmodifiable", Bind("""
            {"_policy":{"entries":{"o":{"subjects":{"nginx:owner":{"type":"t"}},"resources":{"policy:/":{"grant":["READ","WRITE"],"revoke":[]}}}}}}
            """));

        Assert.Null(_world.Policies.Find(_thing));
    }

    [Fact]
    public void E05_InlineOverTheLimit_Is413AndCreatesNothing()
    {
        AssertRefused(413, "policies:policy.toolarge", Bind($$"""{"_policy":{{PolicyWorld.Json("thing:/" + new string('a', PolicyStore.MaxLength) + " +R")}} }"""));

        Assert.Null(_world.Policies.Find(_thing));
    }

    [Theory]
    [InlineData("ns:p")]
    [InlineData("{{ ref:things/ns:other/policyId }}")]
    [InlineData("{{ref:things/ns:other/policyId}}")]
    public void E07_Copied_HasTheOthersContentUnderItsOwnName(string from)
    {
        Assert.Equal(_thing, Bind($$"""{"_copyPolicyFrom":"{{from}}"}""").PolicyId);

        Assert.Equal(
            _world.Policies.Find(PolicyWorld.Id)!.ToJson().GetRawText().Replace("ns:p", "ns:t"), _world.Policies.Find(_thing)!.ToJson().GetRawText());
    }

    [Theory]
    [InlineData("ns:unknown", 404, "policies:policy.notfound")]
    [InlineData("nonsense", 400, "policies:id.invalid")]
    [InlineData("{{ ref:things/ns:unknown/policyId }}", 404, "things:thing.notfound")]
    [InlineData("{{ ref:things/nocolon/policyId }}", 400, "things:id.invalid")]
    [InlineData("{{ ref:things/ns:other/attributes }}", 400, "placeholder:placeholder.reference.notsupported")]
    [InlineData("{{ ref:topologies/ns:other/policyId }}", 400, "placeholder:placeholder.reference.notsupported")]
    public void E07_CopyOfNothing_IsRefused(string from, int status, string error) =>
        AssertRefused(status, error, Bind($$"""{"_copyPolicyFrom":"{{from}}"}"""));

    [Fact]
    public void E07_CopyOfWhatTheCallerMayNotRead_IsNotFound()
    {
        AssertRefused(404, "policies:policy.notfound", Bind("""{"_copyPolicyFrom":"ns:p"}""", Caller.Of("x:nobody")));
        AssertRefused(404, "things:thing.notfound", Bind("""{"_copyPolicyFrom":"{{ ref:things/ns:other/policyId }}"}""", Caller.Of("x:nobody")));
        AssertRefused(403, "things:thing.notmodifiable", Bind("""{"_copyPolicyFrom":"ns:p"}""", _world.U2));
    }

    private ThingBinding Bind(string thing, Caller? caller = null) =>
        new ThingBinder(_world.Policies, id => id.Name == "other" ? PolicyWorld.Id : null).Bind(_thing, PolicyWorld.Of(thing), caller ?? _world.U1);

    private static void AssertRefused(int status, string error, ThingBinding binding) =>
        Assert.Equal((status, error), (binding.Error?.Status ?? 0, binding.Error?.Error));
}
