using System.Text.Json;
using Grpc.Core;
using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Engines.Containerd.Images;
using Leda.Harness.Device.Engines.Containerd.Network;
using Leda.Harness.Device.Engines.Containerd.Output;
using Leda.Harness.Device.Engines.Containerd.Protos;
using Leda.Harness.Device.Engines.Containerd.Protos.Containers;
using Leda.Harness.Device.Engines.Containerd.Protos.Tasks;
using Leda.Harness.Device.Engines.Containerd.Runtime;
using TaskStatus = Leda.Harness.Device.Engines.Containerd.Protos.Tasks.Status;

namespace Leda.Harness.Device.Engines.Containerd;

/// <summary>
/// Real containers, by containerd 1.6 or newer with runc. In network mode <c>BRIDGE</c> a container has a network of its own with nothing
/// but loopback in it, where port mappings lead (<see cref="ContainerPorts"/>); nothing leads out of it. Images are pulled as anyone may,
/// without passwords; encrypted ones are refused.
/// </summary>
public sealed class ContainerdEngine : IContainerEngine
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _closing = new();
    private readonly ContainerdOptions _options;
    private readonly ContainerdClient _client;
    private readonly TimeProvider _time;
    private readonly Action<string> _log;
    private readonly HttpClient _http = Registry.NewClient();
    private readonly DataLock _directory;
    private readonly PipeReader _pipes;
    private readonly SocketMaker _sockets;
    private readonly ContainerRecords _records;
    private readonly EarlierRuns _runs;
    private readonly ContainerdProcess.Surroundings _around;

    private ContainerdEngine(ContainerdOptions options, ContainerdClient client, TimeProvider time, Action<string> log)
    {
        _options = options with { Directory = Path.GetFullPath(options.Directory) };
        _client = client;
        _time = time;
        _log = log;
        _directory = new DataLock(_options.Directory);
        _pipes = new PipeReader(log);
        _sockets = new SocketMaker();
        _records = new ContainerRecords(client, new ImageStore(client, _http, time, log), _options.Directory, time);
        _runs = new EarlierRuns(client, log);
        _around = new(client, time, log, _closing.Token);
    }

    /// <summary>Finds containerd.</summary>
    /// <param name="options">Where it is.</param>
    /// <param name="time">The clock; containerd has no other than the machine's.</param>
    /// <param name="log">Takes lines for people. May be called from several threads.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="EngineException">It is not there.</exception>
    /// <exception cref="IOException">The directory cannot be written, or another device uses it.</exception>
    public static async Task<ContainerdEngine> ConnectAsync(
        ContainerdOptions options, TimeProvider time, Action<string> log, CancellationToken cancellationToken = default)
    {
        if (ContainerId.Check(options.Namespace) is { } problem)
            throw new EngineException($"the namespace for containerd: {problem}");
        var client = new ContainerdClient(options.Address, options.Namespace, time);
        try
        {
            await client.OpenAsync(cancellationToken);
            var engine = new ContainerdEngine(options, client, time, log);
            await engine.ClearAsync(cancellationToken);
            return engine;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public Task PrepareAsync(Container container, CancellationToken cancellationToken = default) => GuardAsync(async () =>
    {
        if (ContainerId.Check(container.Id) is { } problem)
            throw new EngineException(problem);
        if (await _records.FindAsync(container.Id, cancellationToken) is not null)
            throw new EngineException($"containerd has another container with id = {container.Id} in the namespace {_client.Namespace}");
        await _records.MakeAsync(container, cancellationToken);
        return true;
    }, cancellationToken);

    /// <inheritdoc/>
    public Task<IContainerProcess> StartAsync(Container container, IContainerLog log, CancellationToken cancellationToken = default) => GuardAsync(async () =>
    {
        await _runs.EndAsync(container.Id, cancellationToken);
        var record = await _records.FindOwnAsync(container.Id, cancellationToken);
        var root = record is null ? null : await _records.MountsAsync(container.Id, cancellationToken);
        if (record is null || root is null)
        {
            _log($"containerd has lost container {container.Id} or its files; it is made anew");
            await _records.ForgetAsync(container.Id);
            record = await _records.MakeAsync(container, cancellationToken);
            root = await _records.MountsAsync(container.Id, cancellationToken) ?? throw new EngineException($"the files of container {container.Id} are gone");
        }

        return await RunAsync(container, record, root, log, cancellationToken);
    }, cancellationToken);

    /// <inheritdoc/>
    public Task<IContainerProcess?> AttachAsync(Container container, IContainerLog log, CancellationToken cancellationToken = default) => GuardAsync(async () =>
    {
        if (await _records.FindOwnAsync(container.Id, cancellationToken) is null)
            return null;
        TaskOutput.LetGo(Home(container.Id));
        if (await _runs.FindAsync(container.Id, cancellationToken) is not { } task)
        {
            await _runs.EndAsync(container.Id, cancellationToken);
            return null;
        }

        if (task.Status is TaskStatus.Unknown or TaskStatus.Created)
        {
            // The device ended between making and starting it.
            await _runs.EndAsync(container.Id, cancellationToken);
            return null;
        }

        var ended = task.Status == TaskStatus.Stopped;
        var ports = ended ? null : ContainerPorts.Reopen(container, Home(container.Id), _time, _log);
        ports?.Lead(_sockets, (int)task.Pid);
        var process = new ContainerdProcess(
            _around, container.Id, (int)task.Pid, !container.SharesNetwork, ended ? TaskOutput.None : Resume(container, task, log), ports);
        if (ended)
            await process.Exited.WaitAsync(_patience, _time, cancellationToken);
        return (IContainerProcess?)process;
    }, cancellationToken);

    /// <inheritdoc/>
    public Task RemoveAsync(string containerId, CancellationToken cancellationToken = default) => GuardAsync(async () =>
    {
        var own = await _records.FindOwnAsync(containerId, cancellationToken) is not null;
        if (own)
        {
            TaskOutput.LetGo(Home(containerId));
            await _runs.EndAsync(containerId, cancellationToken);
        }

        if (ContainerId.Check(containerId) is null && Directory.Exists(Home(containerId)))
            Directory.Delete(Home(containerId), recursive: true);
        if (own)
            await _records.ForgetAsync(containerId);
        return true;
    }, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyCollection<string>> ListAsync(CancellationToken cancellationToken = default) =>
        GuardAsync(() => _records.ListAsync(cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (_closing.IsCancellationRequested)
            return ValueTask.CompletedTask;
        _closing.Cancel();
        _pipes.Dispose();
        _sockets.Dispose();
        _http.Dispose();
        _client.Dispose();
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>What a device that was killed had half made is not waited for.</summary>
    private async Task ClearAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _records.EndLeasesAsync(cancellationToken);
        }
        catch (RpcException e)
        {
            _log($"what was left half made stays until its lease ends: {_client.Explain(e).Message}");
        }
    }

    private string Home(string id) => Path.Combine(_options.Directory, id);

    private async Task<IContainerProcess> RunAsync(
        Container container, ContainerRecord record, IReadOnlyList<Mount> root, IContainerLog log, CancellationToken cancellationToken)
    {
        var home = Directory.CreateDirectory(Home(container.Id)).FullName;
        ContainerPorts? ports = null;
        TaskOutput? output = null;
        try
        {
            ports = ContainerPorts.Open(container, home, _time, _log);
            await _records.DescribeAsync(container, record, root, new NetworkFiles(container, home, _log), cancellationToken);
            output = TaskOutput.Make(_pipes, home, container.Config.Tty, container.Config.OpenStdin, log);
            var request = new CreateTaskRequest
            {
                ContainerId = container.Id,
                Rootfs = { root },
                Stdin = output.StandardInput,
                Stdout = output.StandardOutput,
                Stderr = output.StandardError,
                Terminal = container.Config.Tty,
            };
            await CreateTaskAsync(request, cancellationToken);
            var started = await _client.Tasks.StartAsync(new StartRequest { ContainerId = container.Id }, _client.Call(cancellationToken));
            ports.Lead(_sockets, (int)started.Pid);
            return new ContainerdProcess(_around, container.Id, (int)started.Pid, !container.SharesNetwork, output, ports);
        }
        catch
        {
            ports?.Dispose();
            output?.Close();
            await _runs.EndAsync(container.Id, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Makes a task. containerd may still be busy giving up the one that a killed device had asked for.</summary>
    private async Task CreateTaskAsync(CreateTaskRequest request, CancellationToken cancellationToken)
    {
        // containerd tells nobody when it has given up.
        for (var since = _time.GetTimestamp(); ; await Task.Delay(_pause, _time, cancellationToken))
        {
            try
            {
                await _client.Tasks.CreateAsync(request, _client.Call(cancellationToken));
                return;
            }
            catch (RpcException e) when (e.Status.Detail.Contains("exists", StringComparison.Ordinal) && _time.GetElapsedTime(since) < _patience)
            {
                await _runs.EndAsync(request.ContainerId, cancellationToken);
            }
        }
    }

    private TaskOutput Resume(Container container, Process task, IContainerLog log)
    {
        try
        {
            return TaskOutput.Resume(_pipes, task.Stdin, task.Stdout, task.Stderr, log);
        }
        catch (IOException e)
        {
            _log($"container {container.Id} runs on, but its output is lost: {e.Message}");
            return TaskOutput.None;
        }
    }

    private async Task<T> GuardAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work();
        }
        catch (RpcException e)
        {
            throw _client.Explain(e);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && !_closing.IsCancellationRequested)
        {
            throw new EngineException("containerd did not answer in time");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or HttpRequestException or JsonException or TimeoutException)
        {
            throw new EngineException(e.Message);
        }
    }
}
