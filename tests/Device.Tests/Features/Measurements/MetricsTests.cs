using System.Text;
using Leda.Harness.Device.Tests.Support;
using static Leda.Harness.Device.Tests.Features.Measurements.Reports;

namespace Leda.Harness.Device.Tests.Features.Measurements;

/// <summary>What section 3.3 of the reference says of metrics, sentence by sentence.</summary>
public sealed class MetricsTests
{
    [Fact]
    public void Data_Message_IsTheOriginalsByteForByteButTheNumbers() => World.Run(async world =>
    {
        var engine = new ScriptedEngine();
        await using var device = await world.StartRegisteredAsync(new DeviceOptions { Engine = engine });
        var id = await world.CreateAsync(start: true);
        engine.Processes[0].Measuring = Script(Usage(1, 10), Usage(2, 20) with { IoRead = 3, IoWritten = 4, Pids = 0 });
        await world.RequestAsync("""{"frequency":"2s"}""");
        world.Forget();
        await world.PassSecondsAsync(2);

        var seen = Assert.Single(world.Published);
        Assert.Equal((World.EventTopic, 1, false), (seen.Topic, (int)seen.Qos, seen.Retain));
        Assert.Equal(
            """{"topic":"dummy-namespace/dummy-gateway:dummy-device-id:edge:containers/things/live/messages/data","headers":{"content-type":"application/json","response-required":false},"path":"/features/Metrics/outbox/messages/data","value":{"snapshot":[{"originator":"Container:ID","measurements":[{"id":"cpu.utilization","value":10},{"id":"memory.total","value":4096},{"id":"memory.used","value":1024},{"id":"memory.utilization","value":25},{"id":"io.readBytes","value":3},{"id":"io.writeBytes","value":4},{"id":"net.readBytes","value":736},{"id":"net.writeBytes","value":0}]}],"timestamp":TIME}}"""
                .Replace("ID", id).Replace("TIME", $"{world.Time.GetUtcNow().ToUnixTimeSeconds()}"),
            Encoding.UTF8.GetString(seen.Payload.Span));
    });

    [Theory]
    [InlineData("""{"frequency":"200ms"}""", 1)]
    [InlineData("""{"frequency":"1ns"}""", 1)]
    [InlineData("""{"frequency":"1.5s"}""", 1.5)]
    [InlineData("""{"frequency":"1m30s"}""", 90)]
    [InlineData("""{"frequency":2}""", 2)]
    [InlineData("""{"frequency":2.9}""", 2)]
    [InlineData("""{"FREQUENCY":"2s"}""", 2)]
    [InlineData("""{"frequency":"1200h"}""", 1200 * 3600)]
    public void Request_Frequency_FirstDataAFullPeriodLaterAndOneEachPeriod(string request, double period) => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();
        await world.CreateAsync(start: true);
        Assert.Equal(204, (await world.RequestAsync(request)).Status);
        for (var count = 1; count < 3; count++)
        {
            var rest = TimeSpan.FromSeconds(period) - TimeSpan.FromMilliseconds(1);
            for (; rest > TimeSpan.FromDays(1); rest -= TimeSpan.FromDays(1))
                await world.PassAsync(TimeSpan.FromDays(1));
            await world.PassAsync(rest);
            Assert.Equal(count - 1, world.Data().Count);
            await world.PassAsync(TimeSpan.FromMilliseconds(1));
            Assert.Equal(count, world.Data().Count);
        }
    });

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("""{"frequency":null}""")]
    [InlineData("""{"frequency":"0"}""")]
    [InlineData("""{"frequency":"-1s"}""")]
    [InlineData("""{"frequency":0}""")]
    [InlineData("""{"frequency":-5}""")]
    [InlineData("""{"frequency":0.5}""")]
    [InlineData("""{"filter":[]}""")]
    public void Request_NoFrequencyOrNone_Stops(string? request) => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();
        await world.CreateAsync(start: true);
        await world.RequestAsync(EverySecond);
        await world.PassSecondsAsync(1);
        Assert.Single(world.Data());
        Assert.Equal(204, (await world.RequestAsync(request)).Status);
        await world.PassSecondsAsync(5);
        Assert.Single(world.Data());
    });

    [Theory]
    [InlineData("""{"frequency":2000000000}""")]
    [InlineData("""{"frequency":1e19}""")]
    [InlineData("""{"frequency":1e300}""")]
    [InlineData("""{"frequency":"2562047h"}""")]
    public void Request_HugeFrequency_IsHarmless(string request) => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();
        await world.CreateAsync(start: true);
        Assert.Equal(204, (await world.RequestAsync(request)).Status);
        for (var day = 0; day < 100; day++)
            await world.PassAsync(TimeSpan.FromDays(1));
        Assert.Empty(world.Data());
        Assert.Equal(204, (await world.RequestAsync(EverySecond)).Status);
        await world.PassSecondsAsync(1);
        Assert.Single(world.Data());
    });

    [Theory]
    [InlineData("""{"frequency":"5"}""", "time: missing unit in duration \"5\"")]
    [InlineData("""{"frequency":"PT30S"}""", "time: invalid duration \"PT30S\"")]
    [InlineData("""{"frequency":""}""", "time: invalid duration \"\"")]
    [InlineData("""{"frequency":"5d"}""", "time: unknown unit \"d\" in duration \"5d\"")]
    [InlineData("""{"frequency":true}""", null)]
    [InlineData("""{"frequency":["5s"]}""", null)]
    [InlineData("""{"frequency":"1s","filter":{}}""", null)]
    [InlineData("""{"frequency":"1s","filter":["cpu"]}""", null)]
    [InlineData("""{"frequency":"1s","filter":[{"id":"cpu"}]}""", null)]
    [InlineData("""{"frequency":"1s","filter":[{"originator":5}]}""", null)]
    [InlineData("\"5s\"", null)]
    [InlineData("5", null)]
    [InlineData("[]", null)]
    public void Request_Wrong_Is400AndTheOldReportingGoesOn(string request, string? problem) => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();
        await world.CreateAsync(start: true);
        await world.RequestAsync(EverySecond);
        var answer = await world.RequestAsync(request);
        Assert.Equal((400, "messages:parameter.invalid"), (answer.Status, answer.Error));
        Assert.Equal(problem ?? answer.Message, answer.Message);
        await world.PassSecondsAsync(1);
        Assert.Single(world.Data());
    });

    [Theory]
    [InlineData("""[]""", "cpu.utilization memory.total memory.used memory.utilization net.readBytes net.writeBytes pids")]
    [InlineData("""null""", "cpu.utilization memory.total memory.used memory.utilization net.readBytes net.writeBytes pids")]
    [InlineData("""[{}]""", "cpu.utilization memory.total memory.used memory.utilization net.readBytes net.writeBytes pids")]
    [InlineData("""[null]""", "cpu.utilization memory.total memory.used memory.utilization net.readBytes net.writeBytes pids")]
    [InlineData("""[{"id":null}]""", "cpu.utilization memory.total memory.used memory.utilization net.readBytes net.writeBytes pids")]
    [InlineData("""[{"id":["*"]}]""", "cpu.utilization memory.total memory.used memory.utilization net.readBytes net.writeBytes pids")]
    [InlineData("""[{"id":[null]}]""", "cpu.utilization memory.total memory.used memory.utilization net.readBytes net.writeBytes pids")]
    [InlineData("""[{"id":["cpu.*"]}]""", "cpu.utilization")]
    [InlineData("""[{"id":["cpu"]}]""", "cpu.utilization")]
    [InlineData("""[{"id":["*mem**"]}]""", "memory.total memory.used memory.utilization")]
    [InlineData("""[{"id":["pids","net.w"],"originator":""}]""", "net.writeBytes pids")]
    [InlineData("""[{"id":["memory.u*"]},{"id":["pids"]}]""", "memory.used memory.utilization pids")]
    [InlineData("""[{"ID":["pids"],"Originator":""}]""", "pids")]
    [InlineData("""[{"id":["CPU.*"]}]""", "")]
    [InlineData("""[{"id":["*.utilization"]}]""", "")]
    [InlineData("""[{"ids":["pids"]}]""", "pids")]
    public void Filter_Ids_AreBeginningsWithoutTheirStars(string filter, string expected) => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();
        await world.CreateAsync(start: true);
        await world.RequestAsync($$"""{"frequency":"1s","filter":{{filter}}}""");
        await world.PassSecondsAsync(1);
        Assert.Equal(expected, string.Join(' ', world.Measured().SelectMany(m => m.Values).SelectMany(ids => ids)));
    });

    [Fact]
    public void Filter_AsTheModelSpellsIt_Counts() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();
        var (one, _) = (await world.CreateAsync(start: true), await world.CreateAsync(start: true));
        await world.RequestAsync($$"""{"frequency":"1s","filters":[{"ids":["pids"],"originator":"Container:{{one}}"}]}""");
        await world.PassSecondsAsync(1);
        Assert.Equal(["pids"], Assert.Single(Assert.Single(world.Measured())).Value);
    });

    [Fact]
    public void Data_Containers_OnlyThoseWithAProcess() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();
        await world.RequestAsync(EverySecond);
        await world.PassSecondsAsync(2);
        Assert.Empty(world.Data());

        var (running, paused, stopped) = (await world.CreateAsync(start: true), await world.CreateAsync(start: true), await world.CreateAsync(start: true));
        await world.CreateAsync();
        await world.InvokeAsync($"Container:{paused}", "pause");
        await world.InvokeAsync($"Container:{stopped}", "stop");
        await world.PassSecondsAsync(1);
        Assert.Equal([$"Container:{running}", $"Container:{paused}"], Assert.Single(world.Measured()).Keys);

        world.Forget();
        await world.InvokeAsync($"Container:{running}", "remove", "true");
        await world.PassSecondsAsync(1);
        Assert.Equal([$"Container:{paused}"], Assert.Single(world.Measured()).Keys);
        await world.InvokeAsync($"Container:{paused}", "resume");
    });

    [Fact]
    public void CpuUtilization_StartedLaterOrAgain_OnlyFromTheSecondSample() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();
        await world.RequestAsync("""{"frequency":"1s","filter":[{"id":["cpu","pids"]}]}""");
        var id = await world.CreateAsync(start: true);
        await world.PassSecondsAsync(2);
        await world.InvokeAsync($"Container:{id}", "stop");
        await world.InvokeAsync($"Container:{id}", "start");
        await world.PassSecondsAsync(2);
        Assert.Equal(["pids", "cpu.utilization pids", "pids", "cpu.utilization pids"], world.Measured().Select(m => string.Join(' ', m.Values.Single())));
    });

    [Fact]
    public void CpuUtilization_StartedAgainAndBusier_IsNotTakenForTheOldProcess() => World.Run(async world =>
    {
        var engine = new ScriptedEngine();
        await using var device = await ReportingAsync(world, engine);
        var id = device.Containers[0].Id;
        engine.Processes[0].Measuring = Script(Usage(1, 10));
        await world.PassSecondsAsync(1);
        await world.InvokeAsync($"Container:{id}", "stop");
        await world.InvokeAsync($"Container:{id}", "start");
        engine.Processes[1].Measuring = Script(Usage(5, 20));
        await world.PassSecondsAsync(1);
        Assert.DoesNotContain("cpu.utilization", world.Measured()[^1].Values.Single());
    });

    [Fact]
    public void CpuUtilization_ToldCurve_IsWhatIsReported() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();
        await world.InvokeAsync("ContainerFactory", "createWithConfig", """{"imageRef":"a/b:1","start":true,"config":{"env":["SIM_CPU=40","SIM_MEMORY=25M"],"resources":{"memory":"50M"}}}""");
        await world.RequestAsync(EverySecond);
        await world.PassSecondsAsync(1);
        var values = MetricsWorld.Items(Assert.Single(world.Data())).Single().GetProperty("measurements").EnumerateArray()
            .ToDictionary(m => m.GetProperty("id").GetString()!, m => m.GetProperty("value").GetDouble());
        Assert.Equal(40, values["cpu.utilization"], 3);
        Assert.Equal((50 << 20, 25 << 20, 50), (values["memory.total"], values["memory.used"], values["memory.utilization"]));
    });

    [Fact]
    public void Request_Again_ReplacesTheOldAndItsTimer() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();
        await world.CreateAsync(start: true);
        await world.RequestAsync("""{"frequency":"3s","filter":[{"id":["cpu"]}]}""");
        await world.PassSecondsAsync(2);
        await world.RequestAsync("""{"frequency":"3s","filter":[{"id":["pids"]}]}""");
        await world.PassSecondsAsync(2);
        Assert.Empty(world.Data());
        await world.PassSecondsAsync(1);
        Assert.Equal(["pids"], Assert.Single(world.Measured()).Values.Single());
    });
}
