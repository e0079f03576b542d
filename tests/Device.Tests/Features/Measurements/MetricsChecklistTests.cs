using Leda.Harness.Device.Tests.Support;

namespace Leda.Harness.Device.Tests.Features.Measurements;

/// <summary>The rows on metrics of the original's own integration tests (<c>kanto-container-management.md</c> 8).</summary>
public sealed class MetricsChecklistTests
{
    [Fact]
    public void Row_Request3sWithoutFilter_DataOfBothContainers() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();
        var (one, two) = (await world.CreateAsync(start: true), await world.CreateAsync(start: true));
        var asked = world.Time.GetUtcNow().ToUnixTimeSeconds();

        Assert.Equal(204, (await world.RequestAsync("""{"frequency":"3s"}""")).Status);
        await world.PassSecondsAsync(6);

        Assert.Equal(2, world.Measured().Count);
        Assert.All(world.Measured(), m => Assert.Equal([$"Container:{one}", $"Container:{two}"], m.Keys));
        Assert.All(world.Measured().SelectMany(m => m.Values).SelectMany(ids => ids), id => Assert.Matches("^((cpu|memory|io|net)[.].+|pids)$", id));
        Assert.Equal([asked + 3, asked + 6], world.Data().Select(d => d.Value!.Value.GetProperty("timestamp").GetInt64()));
    });

    [Fact]
    public void Row_FilterByIdsAndOriginator_OnlyThatOriginator() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();
        var (one, _) = (await world.CreateAsync(start: true), await world.CreateAsync(start: true));

        await world.RequestAsync($$"""{"frequency":"2s","filter":[{"id":["cpu.*","memory.*"],"originator":"Container:{{one}}"}]}""");
        await world.PassSecondsAsync(2);

        var (originator, ids) = Assert.Single(Assert.Single(world.Measured()));
        Assert.Equal($"Container:{one}", originator);
        Assert.Equal(["cpu.utilization", "memory.total", "memory.used", "memory.utilization"], ids);
    });

    [Theory]
    [InlineData("""[{"originator":"test.process"}]""")]
    [InlineData("""[{"id":["test.io"]}]""")]
    [InlineData("""[{"id":["cpu.*"],"originator":"test.process"},{"id":["test.*"]}]""")]
    public void Row_UnknownOriginatorOrIds_NoDataAtAll(string filter) => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();
        await world.CreateAsync(start: true);

        Assert.Equal(204, (await world.RequestAsync($$"""{"frequency":"2s","filter":{{filter}}}""")).Status);
        await world.PassSecondsAsync(10);

        Assert.Empty(world.Data());
    });

    [Fact]
    public void Row_ZeroSeconds_Stops() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();
        await world.CreateAsync(start: true);
        await world.RequestAsync("""{"frequency":"2s"}""");
        await world.PassSecondsAsync(2);
        Assert.Single(world.Data());

        Assert.Equal(204, (await world.RequestAsync("""{"frequency":"0s"}""")).Status);
        await world.PassSecondsAsync(10);

        Assert.Single(world.Data());
    });

    [Fact]
    public void Row_InvalidFrequency_IsAnError() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();
        var answer = await world.RequestAsync("""{"frequency":"invalid frequency"}""");
        Assert.Equal((400, "messages:parameter.invalid", "time: invalid duration \"invalid frequency\""), (answer.Status, answer.Error, answer.Message));
    });

    [Fact]
    public void Row_UnknownOperation_IsAnError() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();
        var answer = await world.InvokeAsync("Metrics", "invalidRequest", """{"frequency":"2s"}""");
        Assert.Equal((404, "messages:subject.notfound", "unsupported operation invalidRequest"), (answer.Status, answer.Error, answer.Message));
    });
}
