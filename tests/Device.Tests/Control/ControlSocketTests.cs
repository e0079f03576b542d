using System.Runtime.Versioning;
using Grpc.Core;
using Leda.Harness.Device.Control.Wire;
using Leda.Harness.Device.Tests.Support;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Protocol.Messaging;
using Microsoft.Extensions.Time.Testing;

namespace Leda.Harness.Device.Tests.Control;

/// <summary>The socket itself, and calls that no verb makes.</summary>
public sealed class ControlSocketTests
{
    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task Socket_WhileTheDeviceRuns_IsForItsUserAloneAndGoneAfterwards()
    {
        await using var device = await ControlledDevice.StartAsync();

        var mode = File.GetUnixFileMode(device.Socket);
        await device.Host.DisposeAsync();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
        Assert.False(File.Exists(device.Socket));
    }

    [Fact]
    public async Task Start_SocketIsInUse_IsRefusedAndTheOtherGoesOn()
    {
        await using var device = await ControlledDevice.StartAsync();

        var refusal = await Assert.ThrowsAsync<IOException>(() => StartAsync(device.Socket));

        Assert.Equal($"the control socket {device.Socket} is in use by another process; give each device one of its own", refusal.Message);
        await device.DoAsync("sysinfo");
    }

    [Fact]
    public async Task Start_AnotherFileIsInTheWay_IsRefusedAndTheFileStays()
    {
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "file");
        await File.WriteAllTextAsync(path, "");

        var refusal = await Assert.ThrowsAsync<IOException>(() => StartAsync(path));

        Assert.Contains("another file is in its place", refusal.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task Start_FileInTheWayIsLocked_IsRefusedAndTheFileStays()
    {
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "file");
        await using var locked = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None);

        await Assert.ThrowsAsync<IOException>(() => StartAsync(path));

        Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task Start_PathIsRelative_ListensThere()
    {
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "control.sock");

        await using var device = await StartAsync(Path.GetRelativePath(Environment.CurrentDirectory, path));

        Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task Start_PathIsTooLongForASocket_IsRefusedWithTheReason()
    {
        using var directory = new TemporaryDirectory();

        var refusal = await Assert.ThrowsAsync<IOException>(() => StartAsync(Path.Combine(directory.Path, new string('x', 120))));

        Assert.Contains("length", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_DirectoryIsMissing_IsMade()
    {
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "a", "b", "control.sock");

        await using var device = await StartAsync(path);

        Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task PauseAndUnpause_Called_AreDone()
    {
        await using var device = await ControlledDevice.StartAsync();
        var id = await device.HaveAsync("it", "Running");
        using var channel = device.Open();
        var client = new Device.Control.Wire.Containers.ContainersClient(channel);

        await client.PauseAsync(new PauseContainerRequest { Id = id });
        var paused = device.Host.Containers[0].State.Status;
        await client.UnpauseAsync(new UnpauseContainerRequest { Id = id });

        Assert.Equal((ContainerState.Paused, ContainerState.Running), (paused, device.Host.Containers[0].State.Status));
    }

    [Fact]
    public async Task ListStream_Called_GivesWhatListGives()
    {
        await using var device = await ControlledDevice.StartAsync();
        await device.HaveAsync("one", "Created");
        await device.HaveAsync("two", "Running");
        using var channel = device.Open();
        var client = new Device.Control.Wire.Containers.ContainersClient(channel);

        using var stream = client.ListStream(new ListContainersRequest());
        var streamed = new List<Container>();
        while (await stream.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
            streamed.Add(stream.ResponseStream.Current.Container);

        Assert.Equal((await client.ListAsync(new ListContainersRequest())).Containers, streamed);
        Assert.Equal(["Created", "Running"], streamed.Select(c => c.State.Status));
    }

    [Fact]
    public async Task Call_NotSupported_SaysSo()
    {
        await using var device = await ControlledDevice.StartAsync();
        var id = await device.HaveAsync("it", "Running");
        using var channel = device.Open();
        var client = new Device.Control.Wire.Containers.ContainersClient(channel);

        using var attach = client.Attach();
        Assert.True(await attach.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        var shown = attach.ResponseStream.Current.ReadData.ToStringUtf8();
        var attached = await Assert.ThrowsAsync<RpcException>(() => attach.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        var restarted = await Assert.ThrowsAsync<RpcException>(async () => await client.RestartAsync(new RestartContainerRequest { Id = id }));

        Assert.Equal([StatusCode.Unimplemented, StatusCode.Unimplemented], [attached.StatusCode, restarted.StatusCode]);
        Assert.Contains("logs", attached.Status.Detail, StringComparison.Ordinal);
        Assert.Equal(attached.Status.Detail + "\r\n", shown); // all that kanto-cm shows of it
        Assert.Contains("stop", restarted.Status.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(70_000, 1, "70000 is no port; expected a number up to 65535")]
    [InlineData(80, long.MaxValue, "a retry timeout of 9223372036854775807 seconds is too long")]
    public async Task Create_NumberOutOfRange_IsRefused(long port, long seconds, string problem)
    {
        await using var device = await ControlledDevice.StartAsync();
        using var channel = device.Open();
        var client = new Device.Control.Wire.Containers.ContainersClient(channel);
        var container = new Container
        {
            Image = new Image { Name = "x" },
            HostConfig = new HostConfig
            {
                PortMappings = { new Device.Control.Wire.PortMapping { HostPort = port, ContainerPort = 80 } },
                RestartPolicy = new Device.Control.Wire.RestartPolicy { Type = "always", RetryTimeout = seconds },
            },
        };

        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await client.CreateAsync(new CreateContainerRequest { Container = container }));

        Assert.Equal((StatusCode.Unknown, problem), (refusal.StatusCode, refusal.Status.Detail));
        Assert.Empty(device.Host.Containers);
    }

    [Fact]
    public async Task Calls_WithNothingInThem_AreAnsweredAndTheDeviceGoesOn()
    {
        await using var device = await ControlledDevice.StartAsync();
        using var channel = device.Open();
        var client = new Device.Control.Wire.Containers.ContainersClient(channel);

        var calls = new List<Func<Task>>
        {
            async () => await client.CreateAsync(new CreateContainerRequest()),
            async () => await client.StartAsync(new StartContainerRequest()),
            async () => await client.StopAsync(new StopContainerRequest()),
            async () => await client.UpdateAsync(new UpdateContainerRequest()),
            async () => await client.RenameAsync(new RenameContainerRequest()),
            async () => await client.RemoveAsync(new RemoveContainerRequest()),
            () => client.Logs(new GetLogsRequest()).ResponseStream.MoveNext(TestContext.Current.CancellationToken),
        };
        foreach (var call in calls)
            Assert.Equal(StatusCode.Unknown, (await Assert.ThrowsAsync<RpcException>(call)).StatusCode);

        Assert.Null((await client.GetAsync(new GetContainerRequest())).Container);
    }

    private static Task<DeviceHost> StartAsync(string socket) => DeviceHost.StartAsync(
        new DeviceOptions { ControlSocket = socket }, new InMemoryBroker(), new FakeTimeProvider(), new IdSource(2), _ => { });
}
