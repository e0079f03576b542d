using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Leda.Harness.Device.Engines.Containerd.Network;
using Leda.Harness.Device.Engines.Containerd.Output;
using Leda.Harness.Device.Engines.Containerd.Protos.Tasks;
using Leda.Harness.Device.Engines.Containerd.Runtime;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Engines.Containerd;

/// <summary>The process of a container, which is containerd's task. When it has ended the task is deleted; its file system stays.</summary>
internal sealed class ContainerdProcess : IContainerProcess
{
    /// <summary>What containerd reports when it does not know how a process ended.</summary>
    private const int UnknownExitCode = 255;

    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource<ProcessExit> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Surroundings _around;
    private readonly string _id;
    private readonly bool _ownNetwork;
    private readonly TaskOutput _output;
    private readonly ContainerPorts? _ports;

    public ContainerdProcess(Surroundings around, string id, int pid, bool ownNetwork, TaskOutput output, ContainerPorts? ports)
    {
        _around = around;
        _id = id;
        _ownNetwork = ownNetwork;
        _output = output;
        _ports = ports;
        Pid = pid;
        _ = WatchAsync();
    }

    /// <summary>What all processes share.</summary>
    /// <param name="Client">containerd.</param>
    /// <param name="Time">The clock.</param>
    /// <param name="Log">For people.</param>
    /// <param name="Closing">Cancelled when the device ends, which processes may survive.</param>
    public sealed record Surroundings(ContainerdClient Client, TimeProvider Time, Action<string> Log, CancellationToken Closing);

    public int Pid { get; }

    public Task<ProcessExit> Exited => _exited.Task;

    private ContainerdClient Client => _around.Client;

    /// <summary>Sends a signal, SIGKILL to all of the container's processes. One that has ended needs none.</summary>
    public async Task SignalAsync(Signal signal)
    {
        var kill = signal == Signal.Kill;
        try
        {
            await Client.Tasks.KillAsync(new KillRequest { ContainerId = _id, Signal = (uint)signal.Number, All = kill }, Client.Call(_around.Closing));
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException)
        {
            if (!_exited.Task.IsCompleted && e is not RpcException { StatusCode: StatusCode.NotFound })
                _around.Log($"container {_id}: {signal} was not delivered: {Words(e)}");
        }

        // Frozen, it would not even die.
        if (kill)
            await AllowAsync(() => Client.Tasks.ResumeAsync(new ResumeTaskRequest { ContainerId = _id }, Client.Call(_around.Closing)).ResponseAsync);
    }

    public Task PauseAsync() => DoAsync(() => Client.Tasks.PauseAsync(new PauseTaskRequest { ContainerId = _id }, Client.Call(_around.Closing)).ResponseAsync);

    public Task ResumeAsync() => DoAsync(() => Client.Tasks.ResumeAsync(new ResumeTaskRequest { ContainerId = _id }, Client.Call(_around.Closing)).ResponseAsync);

    public Task LimitAsync(Resources? limits)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(new SpecResources { Memory = MemoryLimits.WhileRunning(limits) }, SpecJson.Default.SpecResources);
        var resources = new Any { TypeUrl = SpecResources.TypeUrl, Value = ByteString.CopyFrom(json) };
        return DoAsync(() => Client.Tasks.UpdateAsync(new UpdateTaskRequest { ContainerId = _id, Resources = resources }, Client.Call(_around.Closing)).ResponseAsync);
    }

    public async Task<ResourceUsage?> MeasureAsync()
    {
        try
        {
            return UsageReader.Understand(await UsageReader.ReadAsync(Client, _id, _around.Closing), Pid, _ownNetwork);
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private async Task WatchAsync()
    {
        try
        {
            var exit = await WaitAsync();
            _ports?.End();
            await PersistAsync(() => Client.Tasks.DeleteAsync(new DeleteTaskRequest { ContainerId = _id }, Client.Call(_around.Closing)).ResponseAsync);
            await _output.EndAsync(_around.Time);
            _exited.TrySetResult(exit);
        }
        catch (OperationCanceledException)
        {
            // The device ends. The process need not.
            Close();
        }
        catch (Exception e)
        {
            _around.Log($"unexpected, please report: {e}");
            Close();
            _exited.TrySetResult(new ProcessExit(UnknownExitCode, Error: e.Message));
        }
    }

    private void Close()
    {
        _output.Close();
        _ports?.Dispose();
    }

    private async Task<ProcessExit> WaitAsync()
    {
        var ended = await PersistAsync(() => Client.Tasks.WaitAsync(new WaitRequest { ContainerId = _id }, Client.LongCall(_around.Closing)).ResponseAsync);
        if (ended is null)
            return new ProcessExit(UnknownExitCode, Error: "containerd has lost the process");

        // The counter of the control group, which is there until the task is deleted. containerd's event of it may come later than the end,
        // or while the device is down.
        var oom = await AllowAsync(async () => UsageReader.HadOomKill(await UsageReader.ReadAsync(Client, _id, _around.Closing)));
        return new ProcessExit((int)ended.ExitStatus, oom);
    }

    /// <summary>Asks until containerd answers, for it may be restarted; <see langword="null"/> if it knows of no such task.</summary>
    private async Task<T?> PersistAsync<T>(Func<Task<T>> ask)
        where T : class
    {
        for (var told = false; ; told = true)
        {
            try
            {
                return await ask();
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
            {
                return null;
            }
            catch (Exception e) when (e is RpcException or OperationCanceledException && !_around.Closing.IsCancellationRequested)
            {
                if (!told)
                    _around.Log($"container {_id} is out of sight: {Words(e)}");
                await Task.Delay(_pause, _around.Time, _around.Closing);
            }
        }
    }

    /// <summary>Does what may fail.</summary>
    private static async Task<T?> AllowAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException)
        {
            return default;
        }
    }

    private async Task DoAsync<T>(Func<Task<T>> work)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException)
        {
            throw new EngineException(Words(e));
        }
    }

    private string Words(Exception error) => error is RpcException e ? Client.Explain(e).Message : "containerd did not answer in time";
}
