using Leda.Harness.Scenarios;
using Leda.Harness.Scenarios.Features;
using Leda.Harness.Scenarios.Running;
using Leda.Harness.Scenarios.Steps;

namespace Leda.Harness.Tests.Explanations;

/// <summary>A world for each cause, in which it is named first.</summary>
public sealed class NearestMissesTests
{
    private const string Thing = "dummy-namespace:dummy-gateway:dummy-device-id:edge:containers";
    private const string Running = "Given a running device without containers";
    private const string Lamp = """Then the twin "a:b" has the feature "lamp" """;
    private const string Fly = """When the cloud sends "fly" to the feature "ContainerFactory" """;
    private const string Answered = "Then the device answers with status 404";

    [Theory]
    [InlineData("OtherNamespace", Running, "<e/dummy-tenant-id/c:b", """{"topic":"c/b/things/twin/commands/modify","path":"/features/lamp","value":{}}""", Lamp)]
    [InlineData("OtherDevice", Running, "<e/dummy-tenant-id/a:c", """{"topic":"a/c/things/twin/commands/modify","path":"/features/lamp","value":{}}""", Lamp)]
    [InlineData("JudgedError", Running, "<e/dummy-tenant-id/a:b", """{"topic":"a/b/things/twin/commands","path":"/features/lamp","value":{}}""", Lamp)]
    [InlineData("FeatureNotRegistered", Running, Lamp)]
    [InlineData("ConnectorOffline", Running, "When the cloud goes offline", Fly, "Then the answer is 404")]
    [InlineData("ConnectorOffline", Running, "When the connector is killed", Lamp)]
    [InlineData("NoConnector", "Given no cloud connector", "And a device without containers", "When the device starts", """Then the device registers the feature "Metrics" """)]
    [InlineData("NoIdentity", "Given a device without containers", "And no cloud connector", "When the device starts", "<edge/thing/response", """{"deviceId":"","tenantId":"t"}""", """Then the device registers the feature "Metrics" """)]
    [InlineData("DeviceGone", Running, "When the device shuts down", Fly, "Then the answer is 404")]
    [InlineData("TooEarly", Running, "When the cloud goes offline", "When the cloud comes online", """Then the device registers the feature "Metrics" """)]
    [InlineData("OtherSubscription", "Given a device without containers", """When someone subscribes to "edge/thing/requests" """, "When the device starts", "Then they receive the retained status 1")]
    [InlineData("OtherStatus", Running, Command, Asking, "Then the device answers with status 204")]
    [InlineData("NoAnswerWanted", Running, Command, """{"topic":"dummy-namespace/dummy-gateway:dummy-device-id:edge:containers/things/live/messages/fly","headers":{"correlation-id":"c1"},"path":"/features/ContainerFactory/inbox/messages/fly"}""", Answered)]
    [InlineData("NoAnswerWanted", Running, """And the container "radio" from "docker.io/library/busybox:1.35" is running""", """When the cloud sends "stop" to the container "radio" and wants no answer""", "Then the answer is 204")]
    [InlineData("OneWayCommand", Running, $"<command//{Thing}/req//fly", Asking, Answered)]
    public void Scenario_WaitsInVain_CauseIsNamedFirst(string cause, params string[] steps)
    {
        var failure = Fail(steps);

        Assert.True(failure.Explanations is [var first, ..] && first.Cause == cause, failure.Message);
        Assert.InRange(failure.Explanations.Count, 1, 3);
    }

    [Fact]
    public void Report_OfTheRun_TellsTheExplanationWithTheNumberOfItsEntry()
    {
        var result = Run([Running, "When the device shuts down", Fly, "Then the answer is 404"]);

        Assert.Matches("Why not:\\s+#[0-9]+ the device of dummy-namespace\\S+ .* has left the bus", TextReport.Of(result));
    }

    [Fact]
    public void Scenario_SomethingElseIsWrong_NothingIsExplained() =>
        Assert.DoesNotContain("Why not", Fail([Running, Fly, "Then the answer is 204"]).Message, StringComparison.Ordinal);

    [Fact]
    public void Scenario_OneWrongMessageBringsAboutOthers_TheFirstIsNamed()
    {
        var failure = Fail([Running, $"<e/dummy-tenant-id/{Thing}", """{"topic":"dummy-tenant-id/dummy-gateway:dummy-device-id:edge:containers/things/twin/commands/modify","path":"/features/lamp","value":{}}""", $"Then the twin \"{Thing}\" has the feature \"bulb\""]);

        Assert.Contains("the message on e/dummy-tenant-id/", failure.Explanations[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Scenario_ComparesWhatWasAnswered_SilenceIsNotTold() =>
        Assert.DoesNotContain("Nothing was seen", Fail([Running, Fly, "Then the answer is 204"]).Message, StringComparison.Ordinal);

    private const string Command = $"<command//{Thing}/req/r1/fly";

    private const string Asking =
        """{"topic":"dummy-namespace/dummy-gateway:dummy-device-id:edge:containers/things/live/messages/fly","headers":{"correlation-id":"c1","response-required":true},"path":"/features/ContainerFactory/inbox/messages/fly"}""";

    private static ExpectationException Fail(string[] steps) => Assert.IsType<ExpectationException>(Run(steps).Error);

    /// <summary>Runs steps; one that begins with &lt; is a topic, on which the one after it is published.</summary>
    private static ScenarioResult Run(string[] steps)
    {
        var text = "Feature: F\nScenario: s\n";
        for (var i = 0; i < steps.Length; i++)
            text += steps[i].StartsWith('<') ? $"When someone publishes on \"{steps[i][1..]}\"\n\"\"\"\n{steps[++i]}\n\"\"\"\n" : steps[i] + "\n";
        return Assert.Single(Suite.RunVirtually(FeatureSet.Parse("f.feature", text).Scenarios, 1, _ => { }).Scenarios);
    }
}
