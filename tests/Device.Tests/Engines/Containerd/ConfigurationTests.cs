using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Containers.Documents;
using Leda.Harness.Device.Engines;
using Leda.Harness.Device.Tests.Support;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Tests.Engines.Containerd;

/// <summary>What a container's configuration and its image's mean for the process.</summary>
public sealed class ConfigurationTests(OwnContainerd machine)
{
    [Fact]
    public async Task Env_WithImageVariables_AddsReplacesAndRemoves()
    {
        await using var world = await EngineWorld.OpenAsync(machine);

        var seen = await world.ReadAsync(
            new ContainerConfig { Cmd = ["env"], Env = ["COLOUR=red", "SIZE", "EMPTY=", "WORDS=two words"], HostName = "car" }, OwnContainerd.Particular);

        Assert.Contains("stdout: COLOUR=red\n", seen);
        Assert.Contains("stdout: EMPTY=\n", seen);
        Assert.Contains("stdout: WORDS=two words\n", seen);
        Assert.Contains("stdout: PATH=/bin\n", seen);
        Assert.Contains("stdout: HOSTNAME=car\n", seen);
        Assert.DoesNotContain(seen, line => line.Contains("SIZE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Image_WantsUserAndDirectory_GetsThem()
    {
        await using var world = await EngineWorld.OpenAsync(machine);

        var seen = await world.ReadAsync(new ContainerConfig(), OwnContainerd.Particular);

        Assert.Equal("stdout: uid=1000(worker) gid=1001(worker) groups=2000(helpers)\n", seen[0]);
        Assert.Equal("stdout: /tmp\n", seen[1]);
        Assert.Contains("stdout: SIZE=small\n", seen);
    }

    [Fact]
    public async Task Names_Bridge_HostNameHostsAndExtraHosts()
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        var config = EngineWorld.Script("hostname; cat /etc/hostname /etc/hosts; test -f /etc/resolv.conf") with
        {
            HostName = "car",
            ExtraHosts = ["cloud:10.1.2.3", "here:host_ip_lo", "nobody:container_other"],
        };

        var seen = await world.ReadAsync(config);

        Assert.Equal(["stdout: car\n", "stdout: car\n"], seen[..2]);
        Assert.Contains("stdout: 127.0.0.1\tlocalhost\n", seen);
        Assert.Contains("stdout: 10.1.2.3\tcloud\n", seen);
        Assert.Contains("stdout: 127.0.0.1\there\n", seen);
        Assert.DoesNotContain(seen, line => line.Contains("nobody", StringComparison.Ordinal));
        Assert.Contains("nobody:container_other", Assert.Single(world.Log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExtraHosts_NotNameAndAddress_IsRefusedAtStart()
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        var container = await world.PrepareAsync(new ContainerConfig { ExtraHosts = ["v6:::1"] });

        var error = await Assert.ThrowsAsync<EngineException>(() => world.StartAsync(container));

        Assert.Contains("v6:::1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Network_Bridge_OnlyLoopback_HostSeesTheMachines()
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        var interfaces = EngineWorld.Script("ls /sys/class/net; hostname; cat /proc/net/dev | wc -l");

        var alone = await world.ReadAsync(interfaces with { PortMappings = [new PortMapping { ContainerPort = 80 }] });
        var bridgeLines = alone[^1];
        var shared = await world.ReadAsync(interfaces with { NetworkMode = "HOST" });

        Assert.Equal("stdout: lo\n", alone[0]);
        Assert.Equal("stdout: 3\n", bridgeLines);
        Assert.Contains($"stdout: {System.Net.Dns.GetHostName()}\n", shared);
        Assert.Equal($"stdout: {File.ReadAllLines("/proc/net/dev").Length}\n", shared[^1]);
    }

    [Fact]
    public async Task MountPoints_DirectoryAndFile_AreBothSides()
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        using var host = new TemporaryDirectory();
        await File.WriteAllTextAsync(Path.Combine(host.Path, "greeting"), "hello from outside\n");
        var config = EngineWorld.Script("cat /data/greeting /motto; echo back > /data/answer; grep -c ' /data ' /proc/self/mountinfo || true") with
        {
            MountPoints =
            [
                new MountPoint { Source = host.Path, Destination = "/data", PropagationMode = "RSLAVE" },
                new MountPoint { Source = Path.Combine(host.Path, "greeting"), Destination = "/motto" },
            ],
        };

        var seen = await world.ReadAsync(config);

        Assert.Equal(["stdout: hello from outside\n", "stdout: hello from outside\n"], seen[..2]);
        Assert.Equal("back\n", await File.ReadAllTextAsync(Path.Combine(host.Path, "answer")));
    }

    [Fact]
    public async Task MountPoints_SourceIsMissing_IsSaid()
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        var container = await world.PrepareAsync(new ContainerConfig { MountPoints = [new MountPoint { Source = "/no/such/place", Destination = "/data" }] });

        var error = await Assert.ThrowsAsync<EngineException>(() => world.StartAsync(container));

        Assert.Contains("/no/such/place", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rights_UsualExtraAndPrivileged_AsConfigured()
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        var rights = EngineWorld.Script("cat /proc/self/status | while read name value; do test $name = CapEff: && echo $value; done; true");

        var usual = Rights((await world.ReadAsync(rights))[^1]);
        var extra = Rights((await world.ReadAsync(rights with { ExtraCapabilities = ["CAP_NET_ADMIN"] }))[^1]);
        var all = Rights((await world.ReadAsync(rights with { Privileged = true }))[^1]);

        Assert.Equal(0xA80425FBUL, usual);
        Assert.Equal(usual | (1UL << 12), extra);
        Assert.Equal(Rights(File.ReadLines("/proc/self/status").First(l => l.StartsWith("CapEff:", StringComparison.Ordinal)).Replace("\t", " ")), all);

        static ulong Rights(string line) => Convert.ToUInt64(line.Split(": ")[1].Trim(), 16);
    }

    [Fact]
    public async Task Devices_Given_CanBeUsedAndNoOthers()
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        var config = EngineWorld.Script("test -c /dev/given && echo log > /dev/given && echo used; test -e /dev/kmsg || echo hidden") with
        {
            Devices = [new DeviceMapping { PathOnHost = "/dev/null", PathInContainer = "/dev/given" }],
        };

        Assert.Equal(["stdout: used\n", "stdout: hidden\n"], await world.ReadAsync(config));
    }

    [Fact]
    public async Task Devices_NotThere_IsSaid()
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        var container = await world.PrepareAsync(new ContainerConfig { Devices = [new DeviceMapping { PathOnHost = "/dev/no-such" }] });

        var error = await Assert.ThrowsAsync<EngineException>(() => world.StartAsync(container));

        Assert.Contains("/dev/no-such", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hooks_OfADocument_RunAroundTheProcess()
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        using var host = new TemporaryDirectory();
        HookDocument Hook(int type, string word) => new() { Path = "/bin/busybox", Args = ["sh", "-c", $"echo {word} >> {host.Path}/hooks"], Type = type };
        var container = EngineWorld.Describe(new ContainerConfig { Cmd = ["true"] }) with
        {
            Internals = new ContainerInternals { Hooks = [Hook(2, "stopped"), Hook(0, "starting"), Hook(1, "started")] },
        };
        await world.Engine.PrepareAsync(container);

        var process = await world.StartAsync(container);
        await process.Exited.WaitAsync(EngineWorld.Net);

        Assert.Equal(["starting", "started", "stopped"], await File.ReadAllLinesAsync(Path.Combine(host.Path, "hooks")));
    }

    [Fact]
    public async Task Tty_Asked_HasATerminal()
    {
        await using var world = await EngineWorld.OpenAsync(machine);

        var seen = await world.ReadAsync(EngineWorld.Script("test -t 1 && echo terminal $TERM; echo error >&2") with { Tty = true });

        Assert.Equal(["stdout: terminal xterm\r\n", "stdout: error\r\n"], seen);
    }

    [Theory]
    [InlineData(false, "closed")]
    [InlineData(true, "open")]
    public async Task OpenStdin_AsAsked_InputStaysOpen(bool open, string expected)
    {
        await using var world = await EngineWorld.OpenAsync(machine);
        var process = await world.RunAsync(EngineWorld.Script("exec 3<&0; (cat <&3 > /dev/null; echo closed) & sleep 1; kill -0 $! 2> /dev/null && echo open; exit 0") with { OpenStdin = open });

        Assert.Equal($"stdout: {expected}\n", await world.Output.UntilAsync(""));
        await process.SignalAsync(Signal.Kill);
    }

    [Fact]
    public async Task Output_LongLinesAndManyOfThem_AllArriveWhole()
    {
        await using var world = await EngineWorld.OpenAsync(machine);

        var seen = await world.ReadAsync(EngineWorld.Script("i=0; while test $i -lt 2000; do i=$((i+1)); echo line $i; done; printf '%0200000d\\n' 7; printf ä"));

        Assert.Equal(2002, seen.Count);
        Assert.Equal(Enumerable.Range(1, 2000).Select(i => $"stdout: line {i}\n"), seen[..2000]);
        Assert.Equal($"stdout: {new string('0', 199_999)}7\n", seen[2000]);
        Assert.Equal("stdout: ä", seen[2001]);
    }

    [Theory]
    [InlineData("../escape")]
    [InlineData("with space")]
    [InlineData("")]
    public async Task Prepare_IdThatContainerdRefuses_IsSaid(string id)
    {
        await using var world = await EngineWorld.OpenAsync(machine);

        var error = await Assert.ThrowsAsync<EngineException>(() => world.Engine.PrepareAsync(EngineWorld.Describe() with { Id = id }));

        Assert.Contains($"\"{id}\"", error.Message, StringComparison.Ordinal);
    }
}
