using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Policies;

namespace Leda.Harness.Simulator.Tests.Policies;

/// <summary>Who may read, write, merge, send and receive (<c>ditto.md</c> 2.5).</summary>
public sealed class EnforcerTests
{
    [Theory]
    [InlineData("thing:/ +RW", "/attributes/a", true)]
    [InlineData("thing:/attributes +W", "/attributes/a/b", true)]
    [InlineData("thing:/attributes/a +W", "/attributes", false)]
    [InlineData("thing:/attributes/a +W", "/attributes/b", false)]
    [InlineData("thing:/ +R", "/attributes/a", false)]
    [InlineData("thing:/ +W, thing:/attributes/a -W", "/attributes/a", false)]
    [InlineData("thing:/ +W, thing:/attributes/a -W", "/attributes", false)]
    [InlineData("thing:/ +W, thing:/attributes/a -W", "/", false)]
    [InlineData("thing:/ +W, thing:/attributes/a -W", "/features/f", true)]
    [InlineData("thing:/ +W, thing:/attributes/a -W", "/attributes/ab", true)]
    [InlineData("thing:/ +W, thing:/attributes/a -W, thing:/attributes/a/b +W", "/attributes/a/b/c", true)]
    [InlineData("thing:/ -W, thing:/attributes +W", "/attributes", true)]
    [InlineData("thing:/features/f~1g +W", "/features/f~1g/properties/p", true)]
    [InlineData("policy:/ +W, message:/ +W", "/attributes", false)]
    public void E10_Write_IsGrantedByTheDeepestResourceAndBlockedByARevokeBelow(string resources, string path, bool may) =>
        Assert.Equal(may, PolicyWorld.Enforcer(resources).CanWrite(ResourcePath.Parse(path)));

    [Theory]
    [InlineData("thing:/attributes +W", "thing:/attributes -W", false)]
    [InlineData("thing:/attributes -W", "thing:/ +W", false)]
    [InlineData("thing:/ -W", "thing:/attributes +W", true)]
    public void Write_OfTwoEntries_TheDeeperCountsAndOnEqualDepthTheRevoke(string one, string other, bool may)
    {
        Assert.Equal(may, PolicyWorld.Enforcer(one, other).CanWrite(ResourcePath.Parse("/attributes/a")));
        Assert.Equal(may, PolicyWorld.Enforcer(other, one).CanWrite(ResourcePath.Parse("/attributes/a")));
    }

    [Theory]
    [InlineData("thing:/attributes/a +R", "/", true, false)]
    [InlineData("thing:/attributes/a +R", "/attributes", true, false)]
    [InlineData("thing:/attributes/a +R", "/attributes/a/x", true, true)]
    [InlineData("thing:/attributes/a +R", "/attributes/b", false, false)]
    [InlineData("thing:/attributes/a +W", "/attributes/a", false, false)]
    [InlineData("thing:/ +R, thing:/attributes/a -R", "/attributes", true, false)]
    [InlineData("thing:/ +R, thing:/attributes/a -R", "/attributes/a", false, false)]
    [InlineData("message:/ +R", "/", false, false)]
    public void E09_Read_NeedsSomethingAtOrBelowThePlace(string resources, string path, bool some, bool all)
    {
        var enforcer = PolicyWorld.Enforcer(resources);

        Assert.Equal((some, all), (enforcer.CanRead(ResourcePath.Parse(path)), enforcer.CanReadAll(ResourcePath.Parse(path))));
    }

    [Theory]
    [InlineData("/attributes", """{"a":1}""", true)]
    [InlineData("/", """{"attributes":{"a":1},"features":{"Bike":{"properties":{"x":1}}}}""", true)]
    [InlineData("/features/Vehicle/properties/speed", "1", false)]
    [InlineData("/features/Vehicle", "null", false)]
    [InlineData("/features", "null", false)]
    [InlineData("/features", "{}", false)]
    [InlineData("/", """{"attributes":{"a":1},"features":{"Vehicle":{"properties":{"speed":1}}}}""", false)]
    [InlineData("/", """{"features":{"Vehicle":{}}}""", false)]
    [InlineData("/features", """{"{{ /V.*/ }}":null}""", false)]
    [InlineData("/attributes", """{"{{ /V.*/ }}":null}""", true)]
    public void C09_Merge_IsCheckedLeafByLeaf(string path, string patch, bool may) => Assert.Equal(
        may, PolicyWorld.Enforcer("thing:/ +RW, thing:/features/Vehicle -W").CanMerge(ResourcePath.Parse(path), PolicyWorld.Of(patch)));

    [Theory]
    [InlineData("thing:/attributes +R", "/attributes/a", true)]
    [InlineData("thing:/attributes +R", "/features/f/properties/p", false)]
    [InlineData("thing:/ +R, thing:/attributes/a/secret -R", "/attributes/a", false)]
    [InlineData("thing:/attributes/a/x +R", "/attributes/a", false)]
    [InlineData("thing:/ +R", "/features/*/properties/p", true)]
    [InlineData("thing:/ +R, thing:/features/f -R", "/features/*/properties/p", false)]
    [InlineData("thing:/ +R, thing:/features/f/properties/q -R", "/features/*/properties/p", true)]
    [InlineData("thing:/features/f +R", "/features/*/properties/p", false)]
    public void D12_J08_AskingForAField_NeedsReadOnAllOfIt(string resources, string pointer, bool may) =>
        Assert.Equal(may, PolicyWorld.Enforcer(resources).CanAskFor(JsonPointer.Parse(pointer)));

    [Theory]
    [InlineData("thing:/ +RW", "/inbox/messages/foo", false)]
    [InlineData("message:/ +R", "/inbox/messages/foo", false)]
    [InlineData("message:/ +W, message:/inbox/messages/test -W", "/inbox/messages/foo", true)]
    [InlineData("message:/ +W, message:/inbox/messages/test -W", "/inbox/messages/test", false)]
    [InlineData("message:/ +W, message:/inbox/messages/test -W", "/features/f/inbox/messages/test", true)]
    [InlineData("message:/inbox +W", "/inbox/messages/a/b/c", true)]
    [InlineData("message:/inbox +W", "/features/f/inbox/messages/foo", false)]
    [InlineData("message:/inbox +W", "/outbox/messages/foo", false)]
    [InlineData("message:/features/f +W", "/features/f/outbox/messages/foo", true)]
    [InlineData("message:/features/f +W", "/features/g/outbox/messages/foo", false)]
    [InlineData("message:/inbox/messages/a/b +W", "/inbox/messages/a/b", true)]
    [InlineData("message:/inbox/messages/a/b +W", "/inbox/messages/a", false)]
    public void E12_Send_NeedsWriteOnTheMessage(string resources, string path, bool may) =>
        Assert.Equal(may, PolicyWorld.Enforcer(resources).CanSend(MessagePath.Parse(path)));

    [Fact]
    public void Receive_NeedsReadOnTheMessage()
    {
        var enforcer = PolicyWorld.Enforcer("message:/ +W, message:/features +R");

        Assert.False(enforcer.CanReceive(MessagePath.Parse("/outbox/messages/foo")));
        Assert.True(enforcer.CanReceive(MessagePath.Parse("/features/f/outbox/messages/foo")));
    }

    [Fact]
    public void Caller_WithSeveralSubjects_HasWhatTheyHaveTogether()
    {
        var world = new PolicyWorld();
        world.Put("/", $$"""{"entries":{"o":{{PolicyWorld.Owner}},"a":{{PolicyWorld.Entry("x:a", "thing:/ +R")}},"b":{{PolicyWorld.Entry("x:b", "thing:/attributes -R +W")}} } }""");

        var both = world.Policies.EnforcerFor(PolicyWorld.Id, Caller.Of("x:a", "x:b"), "ns")!;

        Assert.True(both.CanWrite(ResourcePath.Parse("/attributes")));
        Assert.False(both.CanRead(ResourcePath.Parse("/attributes")));
        Assert.True(both.CanRead(ResourcePath.Parse("/features")));
    }

    [Theory]
    [InlineData("""["a.b"]""", "a.b", true)]
    [InlineData("""["a.b"]""", "a.b.c", false)]
    [InlineData("""["a.b.*"]""", "a.b", false)]
    [InlineData("""["a.b.*"]""", "a.b.c", true)]
    [InlineData("""["a.b.*"]""", "a.bc", false)]
    [InlineData("""["x","a.b"]""", "a.b", true)]
    [InlineData("[]", "a.b", true)]
    public void Namespaces_LimitAnEntryToThingsInThem(string namespaces, string @namespace, bool may)
    {
        var world = new PolicyWorld();
        world.Put("/", PolicyWorld.Json("thing:/ +R"));
        Assert.Equal(204, world.Put("/entries/e0/namespaces", namespaces).Status);

        Assert.Equal(may, world.Policies.EnforcerFor(PolicyWorld.Id, world.U2, @namespace)!.CanRead(ResourcePath.Thing));
    }

    [Fact]
    public void Harness_MayDoEverything_PolicyOrNot()
    {
        var enforcer = new PolicyWorld().Policies.EnforcerFor(PolicyWorld.Id, Caller.Harness, "ns")!;

        Assert.True(enforcer.CanWrite(ResourcePath.Thing));
        Assert.True(enforcer.CanSend(MessagePath.Parse("/inbox/messages/x")));
        Assert.True(enforcer.CanReceive(MessagePath.Parse("/inbox/messages/x")));
    }

    [Fact]
    public void EnforcerFor_SameRevisionAndSubjects_IsTheSameObject()
    {
        var world = new PolicyWorld();
        world.Put("/", PolicyWorld.Json("thing:/ +R"));
        var first = world.Policies.EnforcerFor(PolicyWorld.Id, Caller.Of("nginx:other"), "ns");
        var owner = world.Policies.EnforcerFor(PolicyWorld.Id, world.U1, "ns");

        Assert.Same(first, world.Policies.EnforcerFor(PolicyWorld.Id, Caller.Of("nginx:other"), "elsewhere"));
        Assert.Same(owner, world.Policies.EnforcerFor(PolicyWorld.Id, world.U1, "ns"));
        world.Put("/entries/e0", PolicyWorld.Entry("nginx:other", "thing:/ +W"));
        Assert.True(world.Policies.EnforcerFor(PolicyWorld.Id, world.U2, "ns")!.CanWrite(ResourcePath.Thing));
    }

    [Fact]
    public void Resource_TensOfThousandsOfLevelsDown_EndsNothing()
    {
        var enforcer = PolicyWorld.Enforcer("thing:/ +R, thing:" + string.Concat(Enumerable.Repeat("/a", 40_000)) + " -R");

        Assert.False(enforcer.CanReadAll(ResourcePath.Thing));
        Assert.True(enforcer.CanReadAll(ResourcePath.Parse("/features")));
    }
}
