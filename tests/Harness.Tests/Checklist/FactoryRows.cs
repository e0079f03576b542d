using System.Text.Json;

namespace Leda.Harness.Tests.Checklist;

/// <summary>The rows "Set-up" and "Factory" of the integration checklist (<c>kanto-container-management.md</c> 8).</summary>
public sealed class FactoryRows
{
    [Theory]
    [InlineData("ContainerFactory", "com.bosch.iot.suite.edge.containers:ContainerFactory:1.3.0")]
    [InlineData("SoftwareUpdatable", "org.eclipse.hawkbit.swupdatable:SoftwareUpdatable:2.0.0")]
    [InlineData("Metrics", "com.bosch.iot.suite.edge.metric:Metrics:1.0.0")]
    public void SetUp_DefinitionsOfTheThreeFeatures_AreExact(string feature, string definition) => KantoSuite.Play(suite =>
    {
        Assert.Equal([definition], Definition(suite, feature));
        return Task.CompletedTask;
    });

    [Fact]
    public void Factory_CreateWithStart_ShowsCreatedThenStateCreatedThenRunningAndNothingBetween() => KantoSuite.Play(async suite =>
    {
        var since = suite.Now;

        var id = await suite.CreateAsync(start: true);

        Assert.Equal(
            [$"created /features/{id}", $"modified /features/{id}/properties/status/state CREATED", $"modified /features/{id}/properties/status/state RUNNING"],
            suite.Events(since));
        Assert.Equal(["com.bosch.iot.suite.edge.containers:Container:1.5.0"], Definition(suite, id));
    });

    [Fact]
    public void Factory_CreateWithoutStart_EndsWithTheModifiedEventOfCreated() => KantoSuite.Play(async suite =>
    {
        var since = suite.Now;

        var id = await suite.CreateAsync(start: false);

        Assert.Equal([$"created /features/{id}", $"modified /features/{id}/properties/status/state CREATED"], suite.Events(since));
    });

    [Fact]
    public void Factory_CreateWithEmptyConfig_BehavesTheSame() => KantoSuite.Play(async suite =>
    {
        var since = suite.Now;

        var answer = await suite.InvokeAsync(
            "ContainerFactory", "createWithConfig", """{"imageRef":"docker.io/library/influxdb:1.8.4","start":true,"config":{}}""");

        var id = $"Container:{answer.Value!.Value.GetString()}";
        Assert.Equal(
            [$"created /features/{id}", $"modified /features/{id}/properties/status/state CREATED", $"modified /features/{id}/properties/status/state RUNNING"],
            suite.Events(since));
    });

    [Fact]
    public void Factory_RemoveByForce_ShowsDeleted() => KantoSuite.Play(async suite =>
    {
        var id = await suite.CreateAsync(start: true);
        var since = suite.Now;

        Assert.Equal(204, (await suite.InvokeAsync(id, "remove", "true")).Status);

        Assert.Equal($"deleted /features/{id}", suite.Events(since)[^1]);
    });

    private static string[] Definition(KantoSuite suite, string feature) =>
        suite.Feature(feature).GetProperty("definition").Deserialize<string[]>()!;
}
