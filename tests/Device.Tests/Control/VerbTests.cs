using System.Text.Json;
using Leda.Harness.Device.Engines;
using Leda.Harness.Device.Tests.Support;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Tests.Control;

/// <summary>Section 6 of the reference beyond what the original tests.</summary>
public sealed class VerbTests
{
    [Fact]
    public async Task Create_EveryFlag_IsInTheContainer()
    {
        await using var device = await ControlledDevice.StartAsync();

        await device.DoAsync(
            "create", "--name=all", "--t", "--i", "--rp", "on-failure", "--rp-cnt", "3", "--rp-to=7", "--devices", "/dev/a:/dev/b:rw,/dev/c:/dev/d",
            "--ports=80:8080,127.0.0.1:5000-6000:53/udp", "--hosts", "one:host_ip, two:10.0.0.2", "--mp=/a:/b:rslave", "--mp", "/c:/d", "--e=A=1,2", "--e",
            "B=", "--log-driver", "json-file", "--log-max-files=5", "--log-max-size", "3M", "--log-path", "/var/log/x", "--log-mode", "non-blocking",
            "--log-max-buffer-size", "2M", "-m", "200M", "--memory-reservation", "100M", "--memory-swap", "300M", "--dec-keys", "k1:p,k2",
            "--dec-recipients", "pkcs7:r", "--cap-add", "CAP_NET_ADMIN,CAP_SYS_TIME", "--network", "bridge", "image:1", "sh", "-c", "echo -n", "--name", "-m");

        var container = Assert.Single(device.Host.Containers);
        var config = container.Config;
        Assert.Equal(("all", "image:1"), (container.Name, container.ImageRef));
        Assert.Equal((true, true, false, "BRIDGE"), (config.Tty, config.OpenStdin, config.Privileged, config.NetworkMode));
        Assert.Equal(new RestartPolicy { Type = "ON_FAILURE", MaxRetryCount = 3, RetryTimeout = 7 }, config.RestartPolicy);
        Assert.Equal(["sh", "-c", "echo -n", "--name", "-m"], config.Cmd);
        Assert.Equal(["A=1,2", "B="], config.Env);
        Assert.Equal(["one:host_ip", "two:10.0.0.2"], config.ExtraHosts);
        Assert.Equal(["CAP_NET_ADMIN", "CAP_SYS_TIME"], config.ExtraCapabilities);
        Assert.Equal(
            [new DeviceMapping { PathOnHost = "/dev/a", PathInContainer = "/dev/b", CgroupPermissions = "rw" },
             new DeviceMapping { PathOnHost = "/dev/c", PathInContainer = "/dev/d", CgroupPermissions = "rwm" }],
            config.Devices);
        Assert.Equal(
            [new PortMapping { HostPort = 80, HostPortEnd = 80, ContainerPort = 8080, Proto = "tcp", HostIP = "0.0.0.0" },
             new PortMapping { HostPort = 5000, HostPortEnd = 6000, ContainerPort = 53, Proto = "udp", HostIP = "127.0.0.1" }],
            config.PortMappings);
        Assert.Equal(
            [new MountPoint { Source = "/a", Destination = "/b", PropagationMode = "RSLAVE" },
             new MountPoint { Source = "/c", Destination = "/d", PropagationMode = "RPRIVATE" }],
            config.MountPoints);
        Assert.Equal(
            new LogConfig { Type = "JSON_FILE", MaxFiles = 5, MaxSize = "3M", RootDir = "/var/log/x", Mode = "NON_BLOCKING", MaxBufferSize = "2M" }, config.Log);
        Assert.Equal(new Resources { Memory = "200M", MemoryReservation = "100M", MemorySwap = "300M" }, config.Resources);
        Assert.Equal(["k1:p", "k2"], config.Decryption!.Keys);
        Assert.Equal(["pkcs7:r"], config.Decryption.Recipients);
    }

    [Fact]
    public async Task Create_NoFlags_HasTheDefaults()
    {
        await using var device = await ControlledDevice.StartAsync();

        var id = await device.DoAsync("create", "image:1");

        var container = Assert.Single(device.Host.Containers);
        Assert.Equal((id, $"{id}-host", $"{id}-domain"), (container.Name, container.Config.HostName, container.Config.DomainName));
        Assert.Equal(new RestartPolicy { Type = "UNLESS_STOPPED" }, container.Config.RestartPolicy);
        Assert.Equal(new LogConfig { Type = "JSON_FILE", MaxFiles = 2, MaxSize = "100M", Mode = "BLOCKING" }, container.Config.Log);
        Assert.Null(container.Config.Resources);
        Assert.Null(container.Config.Cmd);
        Assert.Null(container.Config.Env);
    }

    [Theory]
    [InlineData("cannot create the container as privileged and with specified devices at the same time - choose one of the options", "--privileged", "--devices=/a:/b", "x")]
    [InlineData("cannot create the container as privileged and with extra capabilities at the same time - choose one of the options", "--privileged", "--cap-add=C", "x")]
    [InlineData("'1' is no port mapping; expected [ip:]host[-end]:container[/proto]", "--ports=1", "x")]
    [InlineData("invalid container name format : -", "-n", "-", "x")]
    [InlineData("unknown flag: --nonsense", "--nonsense", "x")]
    [InlineData("unknown shorthand flag: 'x' in -x", "-x", "x")]
    [InlineData("invalid argument \"two\" for \"--rp-cnt\" flag: strconv.ParseInt: parsing \"two\": invalid syntax", "--rp-cnt", "two", "x")]
    public async Task Create_Misused_IsRefusedBeforeAnyDeviceIsAsked(string problem, params string[] arguments) =>
        Assert.Equal(new Outcome(1, "", $"Error: {problem}\n"), await ControlledDevice.CallAsync(["create", "--host", "/nowhere", "--timeout=0", .. arguments]));

    [Theory]
    [InlineData("unsupported restart policy type sometimes", "--rp", "sometimes")]
    [InlineData("max log files cannot be < 1", "--log-max-files", "0")]
    [InlineData("memory", "-m", "2M")]
    [InlineData("network mode", "--network", "none")]
    [InlineData("propagation mode", "--mp", "/a:/b:upside-down")]
    [InlineData("environmental variable", "--e", "1=2")]
    public async Task Create_InvalidConfiguration_IsRefusedWithoutTheDevice(string part, string flag, string value)
    {
        var outcome = await ControlledDevice.CallAsync("create", "--host", "/nowhere", "--timeout", "0", flag, value, "image");

        Assert.Equal((1, ""), (outcome.Code, outcome.Output));
        Assert.StartsWith("Error: ", outcome.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("dialing", outcome.Errors, StringComparison.Ordinal);
        Assert.Contains(part, outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_FileOfGet_IsTheSameContainerAgain()
    {
        await using var device = await ControlledDevice.StartAsync();
        var id = await device.DoAsync("create", "-n", "first", "--ports", "80:80", "--rp", "on-failure", "--memory", "10M", "image:1", "run", "it");
        var file = Path.Combine(device.Directory, "c.json");
        await File.WriteAllTextAsync(file, await device.DoAsync("get", id));
        await device.DoAsync("remove", id);

        Assert.Equal(id, await device.DoAsync("create", "-f", file));

        var container = Assert.Single(device.Host.Containers);
        Assert.Equal(("first", "image:1"), (container.Name, container.ImageRef));
        Assert.Equal(["run", "it"], container.Config.Cmd);
        Assert.Equal(new RestartPolicy { Type = "ON_FAILURE", MaxRetryCount = 1, RetryTimeout = 30 }, container.Config.RestartPolicy);
        var again = await device.RunAsync("create", "-f", file);
        Assert.Equal($"Error: rpc error: code = Unknown desc = container with id = {id} already exists\n", again.Errors);
    }

    [Theory]
    [InlineData("[]", "json: cannot unmarshal array into Go value of type container")]
    [InlineData("", "unexpected end of JSON input")]
    public async Task Create_FileIsNoDocument_IsRefused(string text, string problem)
    {
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "c.json");
        await File.WriteAllTextAsync(file, text);

        Assert.Equal(new Outcome(1, "", $"Error: {problem}\n"), await ControlledDevice.CallAsync("create", "-f", file));
        Assert.Contains("Could not find", (await ControlledDevice.CallAsync("create", "-f", file + "x")).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Running_IsTheDocumentOfTheContainer()
    {
        await using var device = await ControlledDevice.StartAsync();
        var id = await device.HaveAsync("it", "Running");

        var json = JsonElement.Parse(await device.DoAsync("get", "-n", "it"));

        Assert.Equal((id, "it"), (json.GetProperty("container_id").GetString(), json.GetProperty("container_name").GetString()));
        Assert.Equal((true, 2), (json.GetProperty("state").GetProperty("running").GetBoolean(), json.GetProperty("state").GetProperty("status").GetInt32()));
        Assert.Equal(device.Host.Containers[0].CreatedAt, json.GetProperty("created").GetString());
    }

    [Fact]
    public async Task Verb_TwoOfTheName_IsRefusedAndAnIdHelps()
    {
        await using var device = await ControlledDevice.StartAsync();
        var id = await device.HaveAsync("twin", "Created");
        await device.HaveAsync("twin", "Created");

        var outcome = await device.RunAsync("start", "-n", "twin");
        await device.DoAsync("start", id);

        Assert.Equal(new Outcome(1, "", "Error: There are more than one containers with name = twin. Try using an ID instead.\n"), outcome);
    }

    [Fact]
    public async Task Verb_IdAndName_IsRefused() => Assert.Equal(
        new Outcome(1, "", "Error: Container ID and --name (-n) cannot be provided at the same time - use only one of them\n"),
        await ControlledDevice.CallAsync("get", "-n", "x", "y"));

    [Fact]
    public async Task Verb_TooManyArguments_IsRefused() =>
        Assert.Equal(new Outcome(1, "", "Error: accepts at most 1 arg(s), received 2\n"), await ControlledDevice.CallAsync("stop", "a", "b"));

    [Fact]
    public async Task Verb_FlagGivenTwice_TheLastCounts()
    {
        await using var device = await ControlledDevice.StartAsync();

        Assert.Equal((0, ""), (await ControlledDevice.CallAsync("list", "--host", "/nowhere", "--host", device.Socket, "-q", "-q")) switch { var o => (o.Code, o.Errors) });
    }

    [Fact]
    public async Task Verb_OptionsOfAllVerbsBeforeIt_AreTaken()
    {
        await using var device = await ControlledDevice.StartAsync();

        var created = await ControlledDevice.CallAsync("--host", device.Socket, "--timeout=5", "create", "image:1", "--host", "x");
        var listed = await ControlledDevice.CallAsync("--debug", $"--host={device.Socket}", "ls", "-q");

        Assert.Equal((0, ""), (created.Code, created.Errors));
        Assert.Equal(created, listed);
        Assert.Equal(["--host", "x"], device.Host.Containers[0].Config.Cmd);
    }

    [Fact]
    public async Task Verb_NobodyListens_SaysWhatToDo()
    {
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "none.sock");

        var outcome = await ControlledDevice.CallAsync("list", "--host", path, "--timeout", "0");

        Assert.Equal((1, ""), (outcome.Code, outcome.Output));
        Assert.Matches($"^Error: error while dialing {path}: .*; a device listens there when it is started with --socket {path}\n$", outcome.Errors);
    }

    [Fact]
    public async Task Verb_DeviceComesLater_WaitsForIt()
    {
        await using var device = await ControlledDevice.StartAsync();
        var later = Path.Combine(device.Directory, "later.sock");

        var call = ControlledDevice.CallAsync("list", "--host", later);
        Assert.False(call.IsCompleted);
        File.Move(device.Socket, later);

        Assert.Equal((0, "No containers found.\n"), (await call) switch { var o => (o.Code, o.Output) });
    }

    [Fact]
    public async Task Verb_Debug_AlsoTellsWhereItFailed()
    {
        var outcome = await ControlledDevice.CallAsync("get", "--debug");

        Assert.Contains(" at Leda.Harness.Device.Control", outcome.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SIGINT", 2)]
    [InlineData("10", 10)]
    public async Task Stop_Signal_IsTheOneThatIsSent(string name, int number)
    {
        var engine = new ScriptedEngine { Obeys = new() { [new Signal(number)] = 3, [Signal.Kill] = 137 } };
        await using var device = await ControlledDevice.StartAsync(engine);
        var id = await device.HaveAsync("it", "Running");

        await device.DoAsync("stop", "-s", name, "-t", "15s", "-f", id);

        Assert.Equal([new Signal(number)], engine.Processes[0].Signals);
        Assert.Equal(3, device.Host.Containers[0].State.ExitCode);
    }

    [Theory]
    [InlineData("time: missing unit in duration \"15\"", "-t", "15")]
    [InlineData("time: unknown unit \"x\" in duration \"15x\"", "-t", "15x")]
    [InlineData("the timeout = -60 shouldn't be negative", "-t=-1m")]
    [InlineData("invalid signal = SIGNONSENSE", "-s", "SIGNONSENSE")]
    public async Task Stop_Misused_IsRefused(string problem, params string[] arguments)
    {
        await using var device = await ControlledDevice.StartAsync();
        await device.HaveAsync("it", "Running");

        Assert.Equal(new Outcome(1, "", $"Error: {problem}\n"), await device.RunAsync("stop", ["-n", "it", .. arguments]));
    }

    [Fact]
    public async Task Start_Attached_IsRefusedAndNotStarted()
    {
        await using var device = await ControlledDevice.StartAsync();
        var id = await device.HaveAsync("it", "Created");

        var outcome = await device.RunAsync("start", "--a", "--i", id);

        Assert.Equal((1, ""), (outcome.Code, outcome.Output));
        Assert.Contains("cannot attach", outcome.Errors, StringComparison.Ordinal);
        Assert.Equal(ContainerState.Created, device.Host.Containers[0].State.Status);
    }

    [Fact]
    public async Task Rename_ByIdAndByName_HasTheNewNameAndRefusesItsOwn()
    {
        await using var device = await ControlledDevice.StartAsync();
        var id = await device.HaveAsync("first", "Created");

        await device.DoAsync("rename", id, "second");
        await device.DoAsync("rename", "-n", "second", "third");
        var same = await device.RunAsync("rename", id, "third");
        var invalid = await device.RunAsync("rename", id, ".");

        Assert.Equal("third", device.Host.Containers[0].Name);
        Assert.Equal("Error: the new name = third shouldn't be the same\n", same.Errors);
        Assert.Equal("Error: invalid container name format : .\n", invalid.Errors);
        Assert.Equal(1, (await device.RunAsync("rename")).Code);
    }

    [Fact]
    public async Task Update_PartOfIt_IsMergedWithTheRest()
    {
        await using var device = await ControlledDevice.StartAsync();
        var id = await device.DoAsync("create", "--rp", "on-failure", "--rp-cnt", "5", "--rp-to", "9", "-m", "10M", "--memory-reservation", "8M", "image");

        await device.DoAsync("update", "--rp-cnt", "6", "--memory-swap", "30M", id);
        var merged = device.Host.Containers[0].Config;
        await device.DoAsync("update", "--rp", "always", "--memory-swap", "-1", "--memory-reservation=-1", id);
        var removed = device.Host.Containers[0].Config;

        Assert.Equal(new RestartPolicy { Type = "ON_FAILURE", MaxRetryCount = 6, RetryTimeout = 9 }, merged.RestartPolicy);
        Assert.Equal(new Resources { Memory = "10M", MemoryReservation = "8M", MemorySwap = "30M" }, merged.Resources);
        Assert.Equal(new RestartPolicy { Type = "ALWAYS" }, removed.RestartPolicy);
        Assert.Equal(new Resources { Memory = "10M" }, removed.Resources);
    }

    [Fact]
    public async Task Update_Invalid_IsRefused()
    {
        await using var device = await ControlledDevice.StartAsync();
        var id = await device.HaveAsync("it", "Created");

        Assert.Equal("Error: unsupported restart policy type sometimes\n", (await device.RunAsync("update", id, "--rp", "sometimes")).Errors);
        Assert.Equal("Error: invalid format of memory - lots\n", (await device.RunAsync("update", id, "-m", "lots")).Errors);
    }

    [Fact]
    public async Task Remove_ForceWithTime_KillsWhatDoesNotEndInTime()
    {
        var engine = new ScriptedEngine { Obeys = new() { [Signal.Kill] = 137 } };
        await using var device = await ControlledDevice.StartAsync(engine);
        var id = await device.HaveAsync("it", "Running");

        var call = device.RunAsync("remove", "-f", "-t", "2s", id);
        var passed = await device.PassUntilAsync(() => engine.Processes[0].Signals.Count == 2);

        Assert.Equal(0, (await call).Code);
        Assert.InRange(passed.TotalSeconds, 2, 25); // by default it would be 30
        Assert.Equal([Signal.Terminate, Signal.Kill], engine.Processes[0].Signals);
    }
}
