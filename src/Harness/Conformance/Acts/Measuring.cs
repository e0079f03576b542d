using System.Text.Json;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Conformance.Acts;

/// <summary>Metrics are asked for, watched, and stopped.</summary>
internal static class Measuring
{
    private static readonly TimeSpan _period = TimeSpan.FromSeconds(1);

    /// <summary>A container that runs: one of the suite's own, or one that the device has.</summary>
    public static Act<OperationScene> Running { get; } = new("measured container", async device =>
    {
        if (!device.Options.Destructive)
        {
            var own = device.Said().LastOrDefault(m => m.IsWhole && string.Equals(m.StateWord, "RUNNING", StringComparison.OrdinalIgnoreCase))
                ?? throw new NotApplicableException("no container runs, and without --destructive none is made");
            return new OperationScene(new Exchange(new Command(null, ""), own.Envelope!, "", "", own.Entry.At, own.Entry.Sequence), own.Container!);
        }

        var exchange = await device.InvokeAsync(
            ContainerFactory.FeatureId, "create", $$"""{"imageRef":{{JsonSerializer.Serialize(device.Options.Image)}},"start":true}""");
        var id = await Lifecycle.IdAsync(device, exchange) is { Length: > 0 } made ? made : throw new NotApplicableException($"no container could be made: {exchange.Seen}");
        device.Made.Add(id);
        await device.AwaitAsync(exchange.From, m => m.IsState(id, "RUNNING"));
        return new OperationScene(exchange, id);
    });

    /// <summary>All of them, every second.</summary>
    public static Act<OperationScene> Everything { get; } = new("metrics", async device =>
    {
        var container = await device.SeeAsync(Running);
        return await AskAsync(device, container.Container, """{"frequency":"1s"}""");
    });

    /// <summary>Only a container's memory.</summary>
    public static Act<OperationScene> Filtered { get; } = new("filtered metrics", async device =>
    {
        var container = (await device.SeeAsync(Everything)).Container;
        return await AskAsync(
            device, container, $$"""{"frequency":"1s","filter":[{"id":["memory.*"],"originator":"{{ContainerFeature.Id(container)}}"}]}""");
    });

    /// <summary>Those of somebody who is not there.</summary>
    public static Act<OperationScene> OfNobody { get; } = new("metrics of nobody", async device =>
    {
        await device.SeeAsync(Filtered);
        return await SilenceAsync(device, """{"frequency":"1s","filter":[{"originator":"conform:nobody"}]}""");
    });

    /// <summary>No more.</summary>
    public static Act<OperationScene> Stopped { get; } = new("no metrics", async device =>
    {
        await device.SeeAsync(OfNobody);
        await device.InvokeAsync(Protocol.Kanto.Metrics.FeatureId, "request", """{"frequency":"1s"}""");
        return await SilenceAsync(device, """{"frequency":"0s"}""");
    });

    private static async Task<OperationScene> AskAsync(DeviceUnderTest device, string container, string request)
    {
        var exchange = await device.InvokeAsync(Protocol.Kanto.Metrics.FeatureId, "request", request);
        var from = exchange.Answer?.Entry.Sequence ?? exchange.From;
        var first = await device.AwaitAsync(from, m => m.IsMetrics);
        if (first is not null)
            await device.AwaitAsync(first.Entry.Sequence + 1, m => m.IsMetrics);
        return new OperationScene(exchange, container) { Update = first, From = exchange.From };
    }

    /// <summary>Asks, and waits long enough for two periods, after what was on its way has come.</summary>
    private static async Task<OperationScene> SilenceAsync(DeviceUnderTest device, string request)
    {
        var exchange = await device.InvokeAsync(Protocol.Kanto.Metrics.FeatureId, "request", request);
        await device.QuietAsync();
        var unwanted = await device.AwaitAsync(await device.NowAsync(), m => m.IsMetrics, 2 * _period);
        return new OperationScene(exchange, "") { Update = unwanted, From = exchange.From };
    }
}
