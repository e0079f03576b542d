using System.Collections.Immutable;
using System.Net;
using Leda.Harness.Simulator.Api;

namespace Leda.Harness.Simulator.Tests.Api.Messages;

public sealed class MessagePolicyTests
{
    private static readonly ApiOptions _twoUsers =
        new() { Port = 0, Users = ImmutableDictionary<string, string>.Empty.Add("ditto", "ditto").Add("guest", "guest") };

    [Fact]
    public async Task E12_WritesGrantedAndRevokedOnMessages_DecideBySubject()
    {
        await using var world = await StartAsync("""{"message:/":{"grant":["WRITE"],"revoke":[]},"message:/inbox/messages/test":{"grant":[],"revoke":["WRITE"]}}""");

        Assert.Equal(HttpStatusCode.Accepted, (await world.Http.PostAsync("things/ns:p/inbox/messages/foo?timeout=0", LiveWorld.Json("1"))).StatusCode);
        await world.FailsAsync(await world.Http.PostAsync("things/ns:p/inbox/messages/test?timeout=0", LiveWorld.Json("1")), 403, "messages:send.notallowed");
    }

    [Fact]
    public async Task E12_NothingGrantedOnMessages_403AndNothingDelivered()
    {
        await using var world = await StartAsync("""{"thing:/":{"grant":["READ","WRITE"],"revoke":[]}}""");

        await world.FailsAsync(await world.Http.PostAsync("things/ns:p/inbox/messages/foo?timeout=0", LiveWorld.Json("1")), 403, "messages:send.notallowed");
        Assert.False(world.HasHeard);
    }

    [Fact]
    public async Task F07_WithoutWriteOnTheMessage_403()
    {
        await using var world = await StartAsync("""{"message:/":{"grant":["READ"],"revoke":[]}}""");

        await world.FailsAsync(await world.Http.PostAsync("things/ns:p/features/f/outbox/messages/s", LiveWorld.Json("1")), 403, "messages:send.notallowed");
    }

    [Fact]
    public async Task F11_ClaimByAUserWithoutAnyPermission_IsAnswered()
    {
        await using var world = await StartAsync("{}");
        world.Answer = request => LiveWorld.Reply(request, 200, "\"yours\"", "text/plain");

        Assert.Equal("yours", await (await world.Http.PostAsync("things/ns:p/inbox/claim", null)).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task G01_LiveModifyWithoutWrite_403AndNothingDelivered()
    {
        await using var world = await StartAsync("""{"thing:/":{"grant":["READ"],"revoke":[]}}""");

        await world.FailsAsync(await world.Http.PutAsync("things/ns:p/attributes/a?channel=live", LiveWorld.Json("1")), 403, "things:attribute.notmodifiable");
        Assert.False(world.HasHeard);
    }

    [Fact]
    public async Task G02_LiveAnswer_IsCutToWhatTheCallerMayRead()
    {
        await using var world = await StartAsync("""{"thing:/attributes/open":{"grant":["READ"],"revoke":[]}}""");
        world.Answer = request => LiveWorld.Reply(request, 200, """{"open":1,"closed":2}""", "application/json");

        Assert.Equal("""{"open":1}""", await world.Http.GetStringAsync("things/ns:p/attributes?channel=live"));
    }

    [Fact]
    public async Task D13_ConditionReadsWhatTheCallerMayNot_412()
    {
        await using var world = await StartAsync("""{"message:/":{"grant":["WRITE"],"revoke":[]}}""");

        await world.FailsAsync(
            await world.Http.PostAsync("things/ns:p/inbox/messages/s?timeout=0&condition=not(exists(attributes/x))", LiveWorld.Json("1")), 412, "things:condition.failed");
    }

    /// <summary>A world whose caller is a guest with these resources of the thing <c>ns:p</c>.</summary>
    private static async Task<LiveWorld> StartAsync(string resources)
    {
        var world = await LiveWorld.StartAsync(_twoUsers);
        var created = await world.Http.PutAsync("things/ns:p", LiveWorld.Json($$$$"""
            {"_policy":{"entries":{
              "owner":{"subjects":{"nginx:ditto":{"type":"user"}},"resources":{"thing:/":{"grant":["READ","WRITE"],"revoke":[]},"policy:/":{"grant":["READ","WRITE"],"revoke":[]},"message:/":{"grant":["READ","WRITE"],"revoke":[]}}},
              "guest":{"subjects":{"nginx:guest":{"type":"user"}},"resources":{{{{resources}}}} } } }}
            """));
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        world.Http.DefaultRequestHeaders.Authorization = LiveWorld.Basic("guest");
        return world;
    }
}
