using Leda.Harness.Device.Tests.Support;
using static Leda.Harness.Device.Tests.Updates.UpdateManager;

namespace Leda.Harness.Device.Tests.Updates;

/// <summary>Example E21 of the reference, member by member.</summary>
public sealed class GoldenFeedbackTests
{
    [Fact]
    public void Download_AsInTheExample_IsAnsweredAsInTheExample() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync(With());
        await new UpdateManager(world).DesireAsync(Component("dashboard", "1.0.4"));
        world.Forget();

        await world.SendAsync(
            "containersupdate/desiredstate/command",
            """{"activityId":"act-5","timestamp":1932876600123,"payload":{"command":"DOWNLOAD","baseline":"containers:dashboard"}}""");

        var feedback = world.Published.First(o => o.Topic == "containersupdate/desiredstatefeedback");
        Assert.False(feedback.Retain);
        Assert.Equal(Protocol.Messaging.QualityOfService.AtLeastOnce, feedback.Qos);
        Assert.Equal(
            $$"""{"activityId":"act-5","timestamp":{{world.Time.GetUtcNow().ToUnixTimeMilliseconds()}},"payload":{"baseline":"containers:dashboard","status":"DOWNLOADING","actions":"""
            + """[{"component":{"id":"containers:dashboard","version":"1.0.4"},"status":"DOWNLOADING","message":"is missing: to be created and started"}]}}""",
            System.Text.Encoding.UTF8.GetString(feedback.Payload.Span));
    });
}
