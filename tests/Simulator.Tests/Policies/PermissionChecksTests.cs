using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Policies;

namespace Leda.Harness.Simulator.Tests.Policies;

public sealed class PermissionChecksTests
{
    private readonly PolicyWorld _world = new();

    public PermissionChecksTests() => _world.Put("/", PolicyWorld.Json("thing:/features/lamp +RW, policy:/entries/e0 +R, message:/ +W"));

    [Theory]
    [InlineData("thing:/features/lamp/properties/on", "ns:t", "\"WRITE\"", true)]
    [InlineData("thing:/features/lamp", "ns:t", "\"READ\",\"WRITE\"", true)]
    [InlineData("thing:/features", "ns:t", "\"READ\"", false)]
    [InlineData("thing:/features/lamp", "ns:t", "\"READ\",\"EXECUTE\"", false)]
    [InlineData("thing:/features/lamp", "ns:t", "\"FLY\"", false)]
    [InlineData("thing:/features/lamp", "ns:unknown", "\"READ\"", false)]
    [InlineData("thing:/features/lamp", "ns:orphan", "\"READ\"", false)]
    [InlineData("message:/inbox/messages/x", "ns:t", "\"WRITE\"", true)]
    [InlineData("message:/inbox/messages/x", "ns:t", "\"READ\"", false)]
    [InlineData("policy:/entries/e0/subjects", "ns:p", "\"READ\"", true)]
    [InlineData("policy:/", "ns:p", "\"READ\"", false)]
    [InlineData("policy:/", "ns:nowhere", "\"READ\"", false)]
    public void L04_CheckPermissions_SaysWhatTheCallerMay(string resource, string entity, string permissions, bool may)
    {
        var outcome = Check($$"""{"k":{"resource":"{{resource}}","entityId":"{{entity}}","hasPermissions":[{{permissions}}]} }""");

        Assert.Equal((200, $$"""{"k":{{(may ? "true" : "false")}}}"""), (outcome.Status, outcome.Value!.Value.GetRawText()));
    }

    [Theory]
    [InlineData("[]", "json.invalid")]
    [InlineData("""{"k":5}""", "json.invalid")]
    [InlineData("""{"k":{"resource":"thing:/","entityId":"ns:t"}}""", "json.field.missing")]
    [InlineData("""{"k":{"resource":5,"entityId":"ns:t","hasPermissions":[]}}""", "json.invalid")]
    [InlineData("""{"k":{"resource":"thing:/","entityId":"ns:t","hasPermissions":[5]}}""", "json.invalid")]
    [InlineData("""{"k":{"resource":"thing:/","entityId":"nocolon","hasPermissions":["READ"]}}""", "things:id.invalid")]
    [InlineData("""{"k":{"resource":"policy:/","entityId":"nocolon","hasPermissions":["READ"]}}""", "policies:id.invalid")]
    [InlineData("""{"k":{"resource":"car:/","entityId":"ns:t","hasPermissions":["READ"]}}""", "policies:entry.invalid")]
    [InlineData("""{"k":{"resource":"thing","entityId":"ns:t","hasPermissions":["READ"]}}""", "policies:entry.invalid")]
    public void L04_CheckPermissions_MalformedIsRefused(string request, string error)
    {
        var outcome = Check(request);

        Assert.Equal((400, error), (outcome.Status, outcome.Error?.Error));
    }

    [Fact]
    public void L04_CheckPermissions_ManyAtOnce_AreAnsweredByName() => Assert.Equal(
        """{"a":true,"b":false}""",
        Check("""
            {"a":{"resource":"thing:/features/lamp","entityId":"ns:t","hasPermissions":["READ"]},
             "b":{"resource":"thing:/attributes","entityId":"ns:t","hasPermissions":["READ"]}}
            """).Value!.Value.GetRawText());

    private PolicyOutcome Check(string request) => PermissionChecks.Evaluate(
        _world.Policies, _world.U2, PolicyWorld.Of(request), thing => thing.Name switch
        {
            "t" => PolicyWorld.Id,
            "orphan" => ThingId.Parse("ns:gone"),
            _ => null,
        });
}
