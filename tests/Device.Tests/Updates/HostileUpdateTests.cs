using Leda.Harness.Device.Engines;
using Leda.Harness.Device.Tests.Support;
using Leda.Harness.Protocol.Messaging;
using static Leda.Harness.Device.Tests.Updates.UpdateManager;

namespace Leda.Harness.Device.Tests.Updates;

/// <summary>Nothing that arrives ends the update agent, and nothing is dropped in silence.</summary>
public sealed class HostileUpdateTests
{
    public static TheoryData<string> Payloads => [.. _payloads];

    private static readonly string[] _payloads =
    [
        "", " ", "nonsense", "null", "[]", "1", "\"text\"", "{", """{"activityId":1}""", """{"activityId":"a","timestamp":"now"}""",
        """{"activityId":"a","timestamp":1.5}""", """{"activityId":"a","activityId":"b"}""", """{"activityId":"a","timestamp":99999999999999999999999999}""",
        """{"activityId":{}}""", """{"activityId":"\ud800"}""",
    ];

    [Theory]
    [MemberData(nameof(Payloads))]
    public void Any_Unparsable_IsIgnoredWithALineAndTheNextIsUnderstood(string payload) => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        await using var device = await world.StartRegisteredAsync(With());
        world.Log.Clear();

        foreach (var topic in (string[])["containersupdate/desiredstate", "containersupdate/desiredstate/command", "containersupdate/currentstate/get"])
            await world.SendAsync(topic, payload);

        Assert.Empty(world.Published);
        Assert.Equal(3, world.Log.Count(line => line.StartsWith("update agent: ignored, on containersupdate/", StringComparison.Ordinal)));
        await manager.DesireAsync();
        Assert.Equal("COMPLETED", manager.Told[^1]);
    });

    [Theory]
    [InlineData("desiredstate", """[]""")]
    [InlineData("desiredstate", """{"domains":{}}""")]
    [InlineData("desiredstate", """{"domains":[1]}""")]
    [InlineData("desiredstate", """{"domains":[{"id":1}]}""")]
    [InlineData("desiredstate", """{"domains":[{"id":"containers","components":[{"id":"a","config":[{"key":"memory","value":5}]}]}]}""")]
    [InlineData("desiredstate", """{"domains":[{"id":"containers","components":[{"id":"a","config":{"memory":"5M"}}]}]}""")]
    [InlineData("desiredstate", """{"baselines":[{"title":"a","components":[{}]}]}""")]
    [InlineData("desiredstate/command", """[]""")]
    [InlineData("desiredstate/command", """{"command":1}""")]
    [InlineData("desiredstate/command", """{"command":"DOWNLOAD","baseline":[]}""")]
    public void Payload_OfAWrongType_IsIgnoredWithALine(string topic, string payload) => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        await using var device = await world.StartRegisteredAsync(With());
        await manager.DesireAsync(Component("a", "1"));
        world.Forget();

        await world.SendAsync($"containersupdate/{topic}", $$"""{"activityId":"{{Activity}}","payload":{{payload}}}""");

        Assert.Empty(world.Published);
        Assert.Contains(world.Log, line => line.Contains("the payload is of a wrong type", StringComparison.Ordinal));
        await manager.CommandAsync("DOWNLOAD");
        Assert.Equal("DOWNLOAD_SUCCESS a=DOWNLOAD_SUCCESS", manager.Told[^1]);
    });

    [Theory]
    [InlineData("""{"activityId":"act-5"}""")]
    [InlineData("""{"activityId":"act-5","payload":null}""")]
    [InlineData("""{"activityId":"act-5","payload":{}}""")]
    [InlineData("""{"activityId":"act-5","payload":{"command":null}}""")]
    public void Command_Empty_IsIgnored(string message) => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        await using var device = await world.StartRegisteredAsync(With());
        await manager.DesireAsync(Component("a", "1"));
        world.Forget();

        await world.SendAsync("containersupdate/desiredstate/command", message);

        Assert.Empty(world.Published);
        Assert.Contains(world.Log, line => line.Contains("there is no command", StringComparison.Ordinal));
    });

    [Fact]
    public void DesiredState_UnknownMembersAndNoTimestamp_IsUnderstood() => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        await using var device = await world.StartRegisteredAsync(With());

        await world.SendAsync(
            "containersupdate/desiredstate",
            """{"activityId":"act-5","payload":{"blueprintMetadata":{"x":[1]},"Domains":[{"ID":"containers","components":[{"id":"a","version":"1","more":1}]}]}}""");

        Assert.Equal("IDENTIFIED a=IDENTIFIED", manager.Told[^1]);
    });

    [Fact]
    public void Containers_RemovedByOthersMeanwhile_FailOrAreDoneAndTheAgentLives() => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        await using var device = await world.StartRegisteredAsync(With(Running("kept", "kept:1"), Running("gone", "gone:1")));
        await manager.DesireAsync(Component("kept", "1", "image=kept:1", "memory=200M"));
        foreach (var container in device.Containers)
            await world.InvokeAsync($"Container:{container.Id}", "remove", "true");
        world.Forget();

        await manager.CommandsAsync("DOWNLOAD", "UPDATE", "CLEANUP");

        Assert.Equal("INCOMPLETE kept=UPDATE_FAILURE gone=IDENTIFIED", manager.Told[^1]);
        await manager.DesireAsync(Component("kept", "1", "image=kept:1", "memory=200M"));
        await manager.CommandsAsync("DOWNLOAD", "UPDATE", "ACTIVATE", "CLEANUP");
        Assert.Equal("COMPLETED kept=ACTIVATION_SUCCESS", manager.Told[^1]);
    });

    [Fact]
    public void Stop_WhileAContainerTakesLongToStop_TakesSeconds() => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        var engine = new ScriptedEngine { Obeys = new() { [Signal.Kill] = 137 } };
        var device = await world.StartRegisteredAsync(With(Running("a", "a:1"), Running("b", "b:1")) with { Engine = engine });
        await manager.DesireAsync();
        await manager.CommandsAsync("DOWNLOAD", "UPDATE");

        var stopping = device.DisposeAsync().AsTask();
        await world.PassAsync(TimeSpan.FromSeconds(5));

        Assert.True(stopping.IsCompletedSuccessfully);
        Assert.DoesNotContain(world.Log, line => line.Contains("please report", StringComparison.Ordinal));
    });

    [Fact]
    public void Stop_DuringARollback_SaysThatTheDeviceStops() => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        var engine = new ScriptedEngine();
        var device = await world.StartRegisteredAsync(With(Running("a", "a:1"), Running("b", "b:1")) with { Engine = engine });
        await manager.DesireAsync(Component("a", "2", "image=a:2"), Component("b", "2", "image=b:2"));
        await manager.CommandsAsync("DOWNLOAD", "UPDATE", "ACTIVATE");
        engine.Obeys.Remove(Signal.Terminate);
        await manager.CommandAsync("ROLLBACK");

        var stopping = device.DisposeAsync().AsTask();
        await world.PassAsync(TimeSpan.FromSeconds(5));

        Assert.True(stopping.IsCompletedSuccessfully);
        Assert.StartsWith("ROLLBACK_FAILURE", manager.Told[^1], StringComparison.Ordinal);
        Assert.Equal("the device is stopping", manager.Last.GetProperty("actions")[1].GetProperty("message").GetString());
    });

    [Fact]
    public void Stop_Orderly_SaysGoodbyeOnBothConnections() => World.Run(async world =>
    {
        var device = await world.StartRegisteredAsync(With());

        await device.DisposeAsync();

        Assert.Equal(2, world.Seen.Count(o => o.Kind == BusObservationKind.Disconnect));
        Assert.Contains(world.Seen, o => o.Kind == BusObservationKind.Unsubscribe && o.Topic == "containersupdate/desiredstate");
    });
}
