using System.Text.RegularExpressions;
using Leda.Harness.Device.Tests.Support;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Tests.Control;

/// <summary>The row "CLI" of the reference's checklist (8): each of its assertions is one test here.</summary>
public sealed partial class CommandLineTests
{
    private const string Image = "docker.io/library/influxdb:1.8.4";
    private const string NothingGiven = "Error: You must provide either an ID or a name for the container via --name (-n)\n";

    [Theory]
    [InlineData("create", "--t --i --privileged --rp --rp-cnt --rp-to --devices --ports --network --hosts --mp --e --log-driver --log-max-files --log-max-size --log-path --log-mode --log-max-buffer-size -m --memory --memory-reservation --memory-swap --dec-keys --dec-recipients --cap-add -f --file -n --name")]
    [InlineData("get", "-n --name")]
    [InlineData("list", "-n --name -q --quiet --filter")]
    [InlineData("start", "-n --name --a --i")]
    [InlineData("stop", "-n --name -t --time -f --force -s --signal")]
    [InlineData("remove", "-n --name -f --force -t --time")]
    [InlineData("rename", "-n --name")]
    [InlineData("update", "-n --name --rp --rp-cnt --rp-to -m --memory --memory-reservation --memory-swap")]
    [InlineData("logs", "-n --name -t --tail")]
    [InlineData("sysinfo", "")]
    public async Task Help_OfEachVerb_NamesItsFlags(string verb, string flags)
    {
        var help = await ControlledDevice.CallAsync(verb, "-h");

        Assert.Equal((0, ""), (help.Code, help.Errors));
        Assert.All([.. flags.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--host", "--timeout", "--debug"], flag => Assert.Matches($@"(\s|^){flag}[\s,]", help.Output));
        Assert.DoesNotContain("--broker", help.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_WithoutImage_IsRefused() =>
        Assert.Equal(new Outcome(1, "", "Error: container image argument is expected\n"), await ControlledDevice.CallAsync("create"));

    [Fact]
    public async Task Create_WithImage_PrintsTheIdOfAContainerThatIsNotStarted()
    {
        await using var device = await ControlledDevice.StartAsync();

        var id = await device.DoAsync("create", "-n", "create_influxdb_container", Image);

        var container = Assert.Single(device.Host.Containers);
        Assert.Equal((id, "create_influxdb_container", Image, ContainerState.Created), (container.Id, container.Name, container.ImageRef, container.State.Status));
        Assert.Matches(IdPattern(), id);
    }

    [Fact]
    public async Task Create_InvalidImage_IsTheEnginesError()
    {
        const string Text = "failed to resolve reference \"invalid\": object required";
        await using var device = await ControlledDevice.StartAsync(new ScriptedEngine { PrepareFailure = Text });

        Assert.Equal(new Outcome(1, "", $"Error: rpc error: code = Unknown desc = {Text}\n"), await device.RunAsync("create", "invalid"));
    }

    [Fact]
    public async Task Create_FromFile_IsWhatTheFileSays()
    {
        await using var device = await ControlledDevice.StartAsync();
        var file = await WriteAsync(device, $$$"""{"container_name":"create_container_from_file","image":{"name":"{{{Image}}}"}}""");

        await device.DoAsync("create", "--file", file);

        var container = Assert.Single(device.Host.Containers);
        Assert.Equal(("create_container_from_file", Image), (container.Name, container.ImageRef));
    }

    [Fact]
    public async Task Create_FromFileWithFlags_IsRefused()
    {
        await using var device = await ControlledDevice.StartAsync();
        var file = await WriteAsync(device, "{}");

        var flags = await device.RunAsync("create", "--file", file, "--rp", "no");
        var arguments = await device.RunAsync("create", "--file", file, Image);

        Assert.Equal(new Outcome(1, "", "Error: no other flags are expected when creating a container from file\n"), flags);
        Assert.Equal(new Outcome(1, "", "Error: no arguments are expected when creating a container from file\n"), arguments);
    }

    [Theory]
    [InlineData("get")]
    [InlineData("start")]
    [InlineData("stop")]
    [InlineData("update")]
    [InlineData("logs")]
    [InlineData("remove")]
    public async Task Verb_WithoutArgument_IsRefused(string verb) =>
        Assert.Equal(new Outcome(1, "", NothingGiven), await ControlledDevice.CallAsync(verb));

    [Theory]
    [InlineData("get")]
    [InlineData("start")]
    [InlineData("stop")]
    [InlineData("update")]
    [InlineData("logs")]
    [InlineData("remove")]
    public async Task Verb_InvalidIdOrName_IsNotFound(string verb)
    {
        await using var device = await ControlledDevice.StartAsync();
        await device.HaveAsync("valid", "Created");

        var id = await device.RunAsync(verb, "invalid");
        var name = await device.RunAsync(verb, "-n", "invalid");

        Assert.Equal(new Outcome(1, "", "Error: The requested container with ID = invalid was not found.\n"), id);
        Assert.Equal(new Outcome(1, "", "Error: The requested container with name = invalid was not found. Try using an ID instead.\n"), name);
    }

    [Fact]
    public async Task Start_Created_RunsAndStartedAgain_IsRefused()
    {
        await using var device = await ControlledDevice.StartAsync();
        var id = await device.HaveAsync("test-it", "Created");

        await device.DoAsync("start", "-n", "test-it");
        var again = await device.RunAsync("start", "-n", "test-it");

        Assert.Equal(ContainerState.Running, device.Host.Containers[0].State.Status);
        Assert.Equal(new Outcome(1, "", $"Error: the container with ID = {id} is already running - cannot start it again\n"), again);
    }

    [Fact]
    public async Task Stop_Running_IsStopped()
    {
        await using var device = await ControlledDevice.StartAsync();
        await device.HaveAsync("it", "Running");

        await device.DoAsync("stop", "-s", "SIGKILL", "-n", "it");

        Assert.Equal((ContainerState.Stopped, 137), (device.Host.Containers[0].State.Status, device.Host.Containers[0].State.ExitCode));
    }

    [Theory]
    [InlineData("Created")]
    [InlineData("Stopped")]
    public async Task Stop_CreatedOrStopped_IsRefused(string state)
    {
        await using var device = await ControlledDevice.StartAsync();
        var id = await device.HaveAsync("it", state);

        var outcome = await device.RunAsync("stop", "-n", "it");

        Assert.Equal(
            new Outcome(1, "", $"Error: rpc error: code = Unknown desc = cannot perform stop operation for container: {id}, with state: {state}\n"), outcome);
    }

    [Fact]
    public async Task Remove_Created_IsGone()
    {
        await using var device = await ControlledDevice.StartAsync();
        await device.HaveAsync("it", "Created");

        await device.DoAsync("remove", "-n", "it");

        Assert.Empty(device.Host.Containers);
    }

    [Fact]
    public async Task Remove_RunningWithoutForce_IsRefused()
    {
        await using var device = await ControlledDevice.StartAsync();
        var id = await device.HaveAsync("it", "Running");

        var refused = await device.RunAsync("remove", "-n", "it");
        await device.DoAsync("rm", "-n", "it", "-f");

        Assert.Equal(
            new Outcome(1, "", $"Error: rpc error: code = Unknown desc = container with id = {id} is not stopped - must set the force flag to true to remove it\n"),
            refused);
        Assert.Empty(device.Host.Containers);
    }

    [Fact]
    public async Task Remove_SeveralIds_AllAreGoneButThoseThatCannotBe()
    {
        await using var device = await ControlledDevice.StartAsync();
        var first = await device.HaveAsync("first", "Created");
        var running = await device.HaveAsync("running", "Running");
        var last = await device.HaveAsync("last", "Stopped");

        var outcome = await device.RunAsync("remove", first, "invalid", running, last);

        Assert.Equal(running, Assert.Single(device.Host.Containers).Id);
        Assert.Equal((1, ""), (outcome.Code, outcome.Output));
        Assert.Equal(
            "Error: containers couldn't be removed due to the following reasons: \n\n* The requested container with ID = invalid was not found.\n"
            + $"* rpc error: code = Unknown desc = container with id = {running} is not stopped - must set the force flag to true to remove it\n",
            outcome.Errors);
    }

    [Theory]
    [InlineData]
    [InlineData("-n", "invalid")]
    [InlineData("--filter", "status=running")]
    public async Task List_Nothing_SaysSo(params string[] arguments)
    {
        await using var device = await ControlledDevice.StartAsync();

        Assert.Equal("No containers found.", await device.DoAsync("list", arguments));
        Assert.Equal("", await device.DoAsync("list", "-q"));
    }

    [Fact]
    public async Task List_All_IsATable()
    {
        await using var device = await ControlledDevice.StartAsync();
        var running = await device.HaveAsync("list_containers_with_state_running", "Running");
        var stopped = await device.HaveAsync("list_containers_with_state_stopped", "Stopped");
        var created = await device.HaveAsync("list_containers_with_state_created", "Created");

        var lines = (await device.DoAsync("ls")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(["ID", "Name", "Image", "Status", "Finished At", "Exit Code", ""], Cells(lines[0]));
        Assert.Equal([new('-', 37), new('-', 37), new('-', 60), new('-', 10), new('-', 30), new('-', 10), ""], Cells(lines[1]));
        Assert.Equal([running, "list_containers_with_state_running", Image, "Running", "", "0", ""], Cells(lines[2]));
        Assert.Equal([stopped, "list_containers_with_state_stopped", Image, "Stopped", device.Host.Containers[1].State.FinishedAt!, "137", ""], Cells(lines[3]));
        Assert.Equal([created, "list_containers_with_state_created", Image, "Created", "", "0", ""], Cells(lines[4]));
        Assert.Equal(5, lines.Length);
        Assert.All(lines, line => Assert.Equal([40, 80, 144, 160, 192, 208], Bars(line)));

        static string[] Cells(string line) => [.. line.Split('|').Select(cell => cell.Trim())];
    }

    [Fact]
    public async Task List_Quiet_IsIdsInOneLine()
    {
        await using var device = await ControlledDevice.StartAsync();
        var one = await device.HaveAsync("list_containers_with_quiet_one", "Created");
        var two = await device.HaveAsync("list_containers_with_quiet_two", "Created");

        Assert.Equal($"{one} {two}", await device.DoAsync("list", "--quiet"));
    }

    [Theory]
    [InlineData("running", "--filter", "status=running")]
    [InlineData("created", "--filter", "status=CREATED,image=docker.io/library/influxdb:1.8.4")]
    [InlineData("stopped", "--filter", "exitcode=137")]
    [InlineData("running created", "--filter", "exitcode=0")]
    [InlineData("running stopped created", "--filter", "exitcode=-1")]
    [InlineData("", "--filter", "image=other")]
    [InlineData("stopped", "--name", "stopped")]
    public async Task List_FilterOrName_IsWhatMatches(string names, params string[] arguments)
    {
        await using var device = await ControlledDevice.StartAsync();
        var ids = new Dictionary<string, string>();
        foreach (var state in new[] { "Running", "Stopped", "Created" })
            ids[state.ToLowerInvariant()] = await device.HaveAsync(state.ToLowerInvariant(), state);

        var expected = names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => ids[name]);

        Assert.Equal(string.Join(' ', expected), await device.DoAsync("list", ["-q", .. arguments]));
    }

    [Theory]
    [InlineData("no filter: color", "--filter", "color=red")]
    [InlineData("strconv.Atoi: parsing \"x\": invalid syntax", "--filter", "exitcode=x")]
    [InlineData("unknown command \"invalid\" for \"kanto-cm list\"", "invalid")]
    public async Task List_InvalidArgument_IsRefused(string problem, params string[] arguments) =>
        Assert.Equal(new Outcome(1, "", $"Error: {problem}\n"), await ControlledDevice.CallAsync(["list", .. arguments]));

    [Fact]
    public async Task Logs_Created_IsRefused()
    {
        await using var device = await ControlledDevice.StartAsync();
        await device.HaveAsync("it", "Created");

        Assert.Equal(
            new Outcome(1, "", "Error: rpc error: code = Unknown desc = there are no logs for container with status \"Created\"\n"),
            await device.RunAsync("logs", "-n", "it"));
    }

    [Theory]
    [InlineData("Running")]
    [InlineData("Stopped")]
    public async Task Logs_RunningOrStopped_IsLinesOfJson(string state)
    {
        await using var device = await ControlledDevice.StartAsync(new ScriptedEngine { Says = ["one", "two", "three"] });
        var id = await device.HaveAsync("it", state);

        var lines = (await device.DoAsync("logs", "-t", "2", id)).Split('\n');
        var all = (await device.DoAsync("logs", "--tail", "-1", id)).Split('\n');

        Assert.Equal(["two", "three"], lines.Select(Log));
        Assert.Equal(["one", "two", "three"], all.Select(Log));

        static string Log(string line) => System.Text.Json.JsonElement.Parse(line).GetProperty("log").GetString()!.TrimEnd('\n');
    }

    [Theory]
    [InlineData("Running")]
    [InlineData("Created")]
    [InlineData("Stopped")]
    public async Task Update_RestartPolicyNo_IsTakenInEachState(string state)
    {
        await using var device = await ControlledDevice.StartAsync();
        await device.HaveAsync("it", state);

        await device.DoAsync("update", "-n", "it", "--rp", "no");

        Assert.Equal(new RestartPolicy { Type = "NO" }, device.Host.Containers[0].Config.RestartPolicy);
    }

    [Fact]
    public async Task Sysinfo_Always_TellsBothVersions()
    {
        await using var device = await ControlledDevice.StartAsync();

        Assert.Matches(
            @"\AEngine v[^ ]+, API v[^ ]+, \(build [^ ]+ [^ ]+\) \nCLI v[^ ]+, API v[^ ]+, \(build [^ ]+ [^ ]+\) \z", await device.DoAsync("sysinfo"));
    }

    /// <summary>Where the columns end on a terminal, whose tabs are eight wide.</summary>
    private static List<int> Bars(string line)
    {
        var bars = new List<int>();
        var column = 0;
        foreach (var c in line)
        {
            if (c == '|')
                bars.Add(column);
            else
                column = c == '\t' ? (column / 8 * 8) + 8 : column + 1;
        }

        return bars;
    }

    private static async Task<string> WriteAsync(ControlledDevice device, string json)
    {
        var file = Path.Combine(device.Directory, "container.json");
        await File.WriteAllTextAsync(file, json);
        return file;
    }

    [GeneratedRegex("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")]
    private static partial Regex IdPattern();
}
