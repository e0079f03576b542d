using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Tests.Policies;

/// <summary>Entries that come from other policies and from other entries.</summary>
public sealed class PolicyImportTests
{
    private readonly PolicyWorld _world = new();

    [Theory]
    [InlineData("implicit", "{}", true)]
    [InlineData("explicit", "{}", false)]
    [InlineData("explicit", """{"entries":["e0"]}""", true)]
    [InlineData("never", """{"entries":["e0"]}""", false)]
    public void Import_BringsAnEntryAlong_AsItsImportableSays(string importable, string import, bool may)
    {
        _world.Put("/", PolicyWorld.Json("thing:/ +R"), id: "ns:base");
        _world.Put("/entries/e0/importable", $"\"{importable}\"", id: "ns:base");
        _world.Put("/", PolicyWorld.Json());

        Assert.Equal(201, _world.Put("/imports/ns:base", import).Status);

        Assert.Equal(may, MayRead());
    }

    [Fact]
    public void Import_FollowsWhatHappensToTheImportedPolicy()
    {
        _world.Put("/", PolicyWorld.Json(), id: "ns:base");
        _world.Put("/", PolicyWorld.Json());
        _world.Put("/imports/ns:base", "{}");
        Assert.False(MayRead());

        _world.Put("/entries/x", PolicyWorld.Entry("nginx:other", "thing:/ +R"), id: "ns:base");
        Assert.True(MayRead());

        _world.Delete("/", id: "ns:base");
        Assert.False(MayRead());

        _world.Put("/", PolicyWorld.Json("thing:/ +R"), id: "ns:base");
        Assert.True(MayRead());
    }

    [Fact]
    public void Import_OfImports_IsFollowedOnlyWhereItSaysSo()
    {
        _world.Put("/", PolicyWorld.Json("thing:/ +R"), id: "ns:far");
        _world.Put("/", PolicyWorld.Json(), id: "ns:base");
        _world.Put("/imports/ns:far", "{}", id: "ns:base");
        _world.Put("/", PolicyWorld.Json());

        _world.Put("/imports/ns:base", "{}");
        Assert.False(MayRead());

        _world.Put("/imports/ns:base", """{"transitiveImports":["ns:far"]}""");
        Assert.True(MayRead());
    }

    [Fact]
    public void Import_InACircle_EndsNothing()
    {
        _world.Put("/", PolicyWorld.Json(), id: "ns:base");
        _world.Put("/", PolicyWorld.Json("thing:/ +R"));
        _world.Put("/imports/ns:base", """{"transitiveImports":["ns:p"]}""");
        Assert.Equal(201, _world.Put("/imports/ns:p", """{"transitiveImports":["ns:base"]}""", id: "ns:base").Status);

        Assert.True(MayRead());
    }

    [Fact]
    public void Import_OfWhatTheCallerMayNotRead_IsNotFound()
    {
        _world.Put("/", PolicyWorld.Json(), id: "ns:base");
        _world.Put("/", PolicyWorld.Json("policy:/ +RW"));

        var unreadable = _world.Put("/imports/ns:base", "{}", _world.U2);
        var unknown = _world.Put("/imports/ns:nobody", "{}");

        Assert.Equal((404, "policies:policy.notfound"), (unreadable.Status, unreadable.Error!.Error));
        Assert.Equal((404, "policies:policy.notfound"), (unknown.Status, unknown.Error!.Error));
        Assert.Null(_world.Policies.Find(PolicyWorld.Id)!.Imports);
    }

    [Fact]
    public void Delete_WhatAnEntryRefersTo_IsAConflict()
    {
        _world.Put("/", PolicyWorld.Json(), id: "ns:base");
        _world.Put("/", PolicyWorld.Json("thing:/ +R"));
        _world.Put("/imports/ns:base", "{}");
        _world.Put("/entries/user", """{"references":[{"entry":"e0"},{"import":"ns:base","entry":"owner"}]}""");

        Assert.Equal("policies:entry.referenceconflict", _world.Delete("/entries/e0").Error!.Error);
        Assert.Equal("policies:import.referenceconflict", _world.Delete("/imports/ns:base").Error!.Error);
        Assert.Equal(409, _world.Delete("/imports").Status);
        _world.Delete("/entries/user/references");
        Assert.Equal(204, _world.Delete("/entries/e0").Status);
        Assert.Equal(204, _world.Delete("/imports/ns:base").Status);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("[]", false)]
    [InlineData("""["resources"]""", false)]
    [InlineData("""["subjects"]""", true)]
    public void Reference_AddsTheOtherEntrysContent_AndOnlyAllowedOwnContentCounts(string? allowed, bool may)
    {
        var template = """{"subjects":{},"resources":{"thing:/":{"grant":["READ"],"revoke":[]}}$}""";
        _world.Put("/", PolicyWorld.Json());
        _world.Put("/entries/template", template.Replace("$", allowed is null ? "" : $",\"allowedAdditions\":{allowed}"));

        _world.Put("/entries/user", """{"subjects":{"nginx:other":{"type":"t"}},"resources":{},"references":[{"entry":"template"}]}""");

        Assert.Equal(may, MayRead());
    }

    [Fact]
    public void Reference_OfAnImportedEntry_AndInACircle_IsFollowedOnce()
    {
        _world.Put("/", PolicyWorld.Json(), id: "ns:base");
        _world.Put("/entries/t", PolicyWorld.Entry("x:y", "thing:/ +R"), id: "ns:base");
        _world.Put("/", PolicyWorld.Json(""));
        _world.Put("/imports/ns:base", "{}");
        _world.Put("/entries/a", """{"references":[{"import":"ns:base","entry":"t"}]}""");
        _world.Put("/entries/b", """{"subjects":{"nginx:other":{"type":"t"}},"references":[{"entry":"a"},{"entry":"b"}]}""");

        Assert.True(MayRead());
    }

    private bool MayRead() => _world.Policies.EnforcerFor(PolicyWorld.Id, _world.U2, "ns")!.CanRead(ResourcePath.Thing);
}
