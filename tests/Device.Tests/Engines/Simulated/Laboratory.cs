using System.Text;
using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Engines;
using Leda.Harness.Device.Engines.Simulated;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Kanto;
using Microsoft.Extensions.Time.Testing;

namespace Leda.Harness.Device.Tests.Engines.Simulated;

/// <summary>One simulated engine under a virtual clock.</summary>
internal sealed class Laboratory : IContainerLog
{
    public const string Id = "5a317264-60ed-47ed-a8c2-6eafd16c58f6";

    public Laboratory() => Engine = new SimulatedEngine(new IdSource(1), Time);

    public FakeTimeProvider Time { get; } = new();

    public SimulatedEngine Engine { get; }

    public List<string> Lines { get; } = [];

    public static Container Container(string[]? env = null, string[]? command = null, string? memory = null, string image = "a/b:1") => new()
    {
        Id = Id,
        Name = "n",
        ImageRef = image,
        CreatedAt = "2026-01-01T00:00:00Z",
        State = new ContainerState { Status = ContainerState.Created },
        Config = new ContainerConfig { Env = env, Cmd = command, Resources = memory is null ? null : new Resources { Memory = memory } },
    };

    public async Task<IContainerProcess> StartAsync(string[]? env = null, string[]? command = null, string? memory = null) =>
        await Engine.StartAsync(Container(env, command, memory), this);

    public Task<IContainerProcess> RunAsync(string script) => StartAsync(command: ["sh", "-c", script]);

    public void Pass(double seconds) => Time.Advance(TimeSpan.FromSeconds(seconds));

    public void Write(string stream, ReadOnlySpan<byte> line) => Lines.Add($"{stream}: {Encoding.UTF8.GetString(line)}");
}

internal static class ProcessExtensions
{
    /// <summary>How it ended; null if it runs.</summary>
    public static async Task<ProcessExit?> EndAsync(this IContainerProcess process) =>
        process.Exited.IsCompleted ? await process.Exited : null;

    public static async Task<ResourceUsage> UseAsync(this IContainerProcess process) => (await process.MeasureAsync())!;
}
