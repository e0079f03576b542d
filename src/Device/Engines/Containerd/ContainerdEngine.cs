using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Engines.Containerd.Images;
using Leda.Harness.Device.Engines.Containerd.Output;
using Leda.Harness.Device.Engines.Containerd.Protos;
using Leda.Harness.Device.Engines.Containerd.Protos.Containers;
using Leda.Harness.Device.Engines.Containerd.Protos.Snapshots;
using Leda.Harness.Device.Engines.Containerd.Protos.Tasks;
using Leda.Harness.Device.Engines.Containerd.Runtime;
using TaskStatus = Leda.Harness.Device.Engines.Containerd.Protos.Tasks.Status;

namespace Leda.Harness.Device.Engines.Containerd;

/// <summary>
/// Real containers, by containerd 1.6 or newer with runc. In network mode <c>BRIDGE</c> a container has a network of its own with nothing
/// but loopback in it; port mappings are kept and reported, but lead nowhere. Images are pulled as anyone may, without passwords; encrypted
/// ones are refused.
/// </summary>
public sealed class ContainerdEngine : IContainerEngine
{
    private const string OwnerLabel = "leda-harness.device";
    private const string ImageExtension = "leda-harness.image-config";
    private const string ImageType = "application/vnd.oci.image.config.v1+json";

    private static readonly TimeSpan _connectPatience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _closing = new();
    private readonly ContainerdOptions _options;
    private readonly ContainerdClient _client;
    private readonly TimeProvider _time;
    private readonly Action<string> _log;
    private readonly HttpClient _http = new(new SocketsHttpHandler { ConnectTimeout = _connectPatience });
    private readonly DataLock _directory;
    private readonly PipeReader _pipes;
    private readonly ImageStore _images;
    private readonly ContainerdProcess.Surroundings _around;

    private ContainerdEngine(ContainerdOptions options, ContainerdClient client, TimeProvider time, Action<string> log)
    {
        _options = options with { Directory = Path.GetFullPath(options.Directory) };
        _client = client;
        _time = time;
        _log = log;
        _directory = new DataLock(_options.Directory);
        _pipes = new PipeReader(log);
        _images = new ImageStore(client, _http, time, log);
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
            return new ContainerdEngine(options, client, time, log);
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
        if (await FindAsync(container.Id, cancellationToken) is not null)
            throw new EngineException($"containerd has another container with id = {container.Id} in the namespace {_client.Namespace}");
        await MakeAsync(container, cancellationToken);
        return true;
    }, cancellationToken);

    /// <inheritdoc/>
    public Task<IContainerProcess> StartAsync(Container container, IContainerLog log, CancellationToken cancellationToken = default) => GuardAsync(async () =>
    {
        await EndTaskAsync(container.Id, cancellationToken);
        var record = await FindOwnAsync(container.Id, cancellationToken);
        var root = record is null ? null : await MountsAsync(container.Id, cancellationToken);
        if (record is null || root is null)
        {
            _log($"containerd has lost container {container.Id} or its files; it is made anew");
            await ForgetAsync(container.Id);
            record = await MakeAsync(container, cancellationToken);
            root = await MountsAsync(container.Id, cancellationToken) ?? throw new EngineException($"the files of container {container.Id} are gone");
        }

        return await RunAsync(container, record, root, log, cancellationToken);
    }, cancellationToken);

    /// <inheritdoc/>
    public Task<IContainerProcess?> AttachAsync(Container container, IContainerLog log, CancellationToken cancellationToken = default) => GuardAsync(async () =>
    {
        if (await FindOwnAsync(container.Id, cancellationToken) is null || await FindTaskAsync(container.Id, cancellationToken) is not { } task)
            return null;
        if (task.Status is TaskStatus.Unknown or TaskStatus.Created)
        {
            // The device ended between making and starting it.
            await EndTaskAsync(container.Id, cancellationToken);
            return null;
        }

        var ended = task.Status == TaskStatus.Stopped;
        var process = new ContainerdProcess(_around, container.Id, (int)task.Pid, !container.SharesNetwork, ended ? TaskOutput.None : Resume(container, task, log));
        if (ended)
            await process.Exited.WaitAsync(_connectPatience, _time, cancellationToken);
        return (IContainerProcess?)process;
    }, cancellationToken);

    /// <inheritdoc/>
    public Task RemoveAsync(string containerId, CancellationToken cancellationToken = default) => GuardAsync(async () =>
    {
        if (await FindOwnAsync(containerId, cancellationToken) is not null)
        {
            await EndTaskAsync(containerId, cancellationToken);
            await ForgetAsync(containerId);
        }

        if (ContainerId.Check(containerId) is null && Directory.Exists(Home(containerId)))
            Directory.Delete(Home(containerId), recursive: true);
        return true;
    }, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyCollection<string>> ListAsync(CancellationToken cancellationToken = default) => GuardAsync(async () =>
    {
        var all = await _client.Containers.ListAsync(new ListContainersRequest(), _client.Call(cancellationToken));
        return (IReadOnlyCollection<string>)[.. all.Containers.Where(IsOwn).Select(c => c.Id)];
    }, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (_closing.IsCancellationRequested)
            return ValueTask.CompletedTask;
        _closing.Cancel();
        _pipes.Dispose();
        _http.Dispose();
        _client.Dispose();
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }

    private string Home(string id) => Path.Combine(_options.Directory, id);

    private bool IsOwn(ContainerRecord record) => record.Labels.TryGetValue(OwnerLabel, out var owner) && owner == _options.Directory;

    /// <summary>Has the image, gives the container files of its own, and records it; all or nothing.</summary>
    private async Task<ContainerRecord> MakeAsync(Container container, CancellationToken cancellationToken)
    {
        await using var lease = await Lease.TakeAsync(_client, $"leda-harness-{container.Id}", _time, cancellationToken);
        var image = await _images.EnsureAsync(container.ImageRef, lease, cancellationToken);
        await RemoveSnapshotAsync(container.Id); // of a device that was killed
        await _client.Snapshots.PrepareAsync(
            new PrepareSnapshotRequest { Snapshotter = _client.Snapshotter, Key = container.Id, Parent = image.Top }, _client.Call(cancellationToken, lease));
        var record = new ContainerRecord
        {
            Id = container.Id,
            Labels = { [OwnerLabel] = _options.Directory },
            Image = container.ImageRef,
            Runtime = new() { Name = container.Internals.Runtime },
            Spec = new Any { TypeUrl = RuntimeSpec.TypeUrl, Value = ByteString.CopyFromUtf8("{}") },
            Snapshotter = _client.Snapshotter,
            SnapshotKey = container.Id,
            Extensions = { [ImageExtension] = new Any { TypeUrl = ImageType, Value = ByteString.CopyFrom(image.Config) } },
        };
        await _client.Containers.CreateAsync(new CreateContainerRequest { Container = record }, _client.Call(cancellationToken));
        return record;
    }

    private async Task<IContainerProcess> RunAsync(
        Container container, ContainerRecord record, IReadOnlyList<Mount> root, IContainerLog log, CancellationToken cancellationToken)
    {
        var home = Directory.CreateDirectory(Home(container.Id)).FullName;
        await DescribeAsync(container, record, root, home, cancellationToken);
        var output = TaskOutput.Make(_pipes, home, container.Config.Tty, container.Config.OpenStdin, log);
        try
        {
            var request = new CreateTaskRequest
            {
                ContainerId = container.Id,
                Rootfs = { root },
                Stdin = output.StandardInput,
                Stdout = output.StandardOutput,
                Stderr = output.StandardError,
                Terminal = container.Config.Tty,
            };
            await _client.Tasks.CreateAsync(request, _client.Call(cancellationToken));
            var started = await _client.Tasks.StartAsync(new StartRequest { ContainerId = container.Id }, _client.Call(cancellationToken));
            return new ContainerdProcess(_around, container.Id, (int)started.Pid, !container.SharesNetwork, output);
        }
        catch
        {
            output.Close();
            await EndTaskAsync(container.Id, CancellationToken.None);
            throw;
        }
    }

    /// <summary>The specification is made for each start: limits, host names and the machine's devices may have changed since the last one.</summary>
    private async Task DescribeAsync(
        Container container, ContainerRecord record, IReadOnlyList<Mount> root, string home, CancellationToken cancellationToken)
    {
        var image = record.Extensions.TryGetValue(ImageExtension, out var config)
            ? JsonSerializer.Deserialize(config.Value.Span, OciJson.Default.OciImageConfig)?.Config
            : null;
        var spec = SpecBuilder.Build(container, image, root, new NetworkFiles(container, home, _log), $"/{_client.Namespace}/{container.Id}");
        var json = JsonSerializer.SerializeToUtf8Bytes(spec, SpecJson.Default.RuntimeSpec);
        var update = new ContainerRecord { Id = container.Id, Spec = new Any { TypeUrl = RuntimeSpec.TypeUrl, Value = ByteString.CopyFrom(json) } };
        await _client.Containers.UpdateAsync(
            new UpdateContainerRequest { Container = update, UpdateMask = new FieldMask { Paths = { "spec" } } }, _client.Call(cancellationToken));
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

    private async Task<ContainerRecord?> FindAsync(string id, CancellationToken cancellationToken) => await OrNothingAsync(async () =>
        (await _client.Containers.GetAsync(new GetContainerRequest { Id = id }, _client.Call(cancellationToken))).Container);

    private async Task<ContainerRecord?> FindOwnAsync(string id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) is { } record && IsOwn(record) ? record : null;

    private async Task<Process?> FindTaskAsync(string id, CancellationToken cancellationToken) => await OrNothingAsync(async () =>
        (await _client.Tasks.GetAsync(new GetRequest { ContainerId = id }, _client.Call(cancellationToken))).Process);

    private async Task<IReadOnlyList<Mount>?> MountsAsync(string id, CancellationToken cancellationToken) => await OrNothingAsync(async () =>
        (await _client.Snapshots.MountsAsync(new MountsRequest { Snapshotter = _client.Snapshotter, Key = id }, _client.Call(cancellationToken))).Mounts);

    /// <summary>Ends and deletes what is left of an earlier run.</summary>
    private async Task EndTaskAsync(string id, CancellationToken cancellationToken)
    {
        if (await FindTaskAsync(id, cancellationToken) is not { } task)
            return;
        await OrNothingAsync(async () =>
        {
            if (task.Status != TaskStatus.Stopped)
            {
                await _client.Tasks.KillAsync(new KillRequest { ContainerId = id, Signal = (uint)Signal.Kill.Number, All = true }, _client.Call(cancellationToken));
                if (task.Status is TaskStatus.Paused or TaskStatus.Pausing)
                    await _client.Tasks.ResumeAsync(new ResumeTaskRequest { ContainerId = id }, _client.Call(cancellationToken));
                await _client.Tasks.WaitAsync(new WaitRequest { ContainerId = id }, _client.Call(cancellationToken));
            }

            return await _client.Tasks.DeleteAsync(new DeleteTaskRequest { ContainerId = id }, _client.Call(cancellationToken));
        });
    }

    private async Task ForgetAsync(string id)
    {
        await OrNothingAsync(async () => await _client.Containers.DeleteAsync(new DeleteContainerRequest { Id = id }, _client.Call(CancellationToken.None)));
        await RemoveSnapshotAsync(id);
    }

    private Task RemoveSnapshotAsync(string id) => OrNothingAsync(async () => await _client.Snapshots.RemoveAsync(
        new RemoveSnapshotRequest { Snapshotter = _client.Snapshotter, Key = id }, _client.Call(CancellationToken.None)));

    private static async Task<T?> OrNothingAsync<T>(Func<Task<T>> ask)
        where T : class
    {
        try
        {
            return await ask();
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            return null;
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
