using System.Text;
using System.Text.Json;
using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Containers.Documents;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Tests.Containers.Documents;

/// <summary>The document of a container: what it says, how it is read and how it is printed (5.2).</summary>
public sealed class ContainerDocumentTests
{
    /// <summary>Everything that a document may say, each with a value that is not the default.</summary>
    private const string Whole = """
        {
          "container_id":"id-1","container_name":"n","image":{"name":"a/b:1","decrypt_config":{"keys":["/k:pw"],"recipients":["pkcs7:/r"]}},
          "domain_name":"d","host_name":"h","resolv_conf_path":"/r","hosts_path":"/h","hostname_path":"/hn",
          "mount_points":[{"destination":"/b","source":"/a","propagation_mode":"rslave"}],
          "hooks":[{"path":"/bin/x","args":["x","1"],"env":["A=1"],"timeout":7,"type":2}],
          "config":{"env":["A=1","B"],"cmd":["sh","-c","true"]},
          "host_config":{
            "devices":[{"path_on_host":"/dev/a","path_in_container":"/dev/b","cgroup_permissions":"rw"}],"network_mode":"bridge","privileged":false,
            "restart_policy":{"maximum_retry_count":3,"retry_timeout":1500000030,"type":"on-failure"},"runtime":"io.containerd.runc.v1",
            "extra_hosts":["a:host_ip"],"extra_capabilities":["CAP_NET_ADMIN"],
            "port_mappings":[{"proto":"udp","container_port":53,"host_ip":"127.0.0.1","host_port":5353,"host_port_end":5360}],
            "log_config":{"driver_config":{"type":"json-file","max_files":3,"max_size":"1M","root_dir":"/logs"},"mode_config":{"mode":"non-blocking","max_buffer_size":"2M"}},
            "resources":{"memory":"64M","memory_reservation":"32M","memory_swap":"65M"}},
          "io_config":{"attach_stderr":true,"attach_stdin":true,"attach_stdout":true,"open_stdin":true,"stdin_once":true,"tty":true},
          "network_settings":{"networks":{"bridge":{"id":"e","gateway":"172.19.0.1","ip_address":"172.19.0.2","mac_address":"02:42","network_id":"w"}},"sandbox_id":"s","sandbox_key":"/k","network_controller_id":"c"},
          "state":{"pid":-1,"started_at":"2026-11-23T11:03:37.114384485Z","error":"oops","exit_code":137,"finished_at":"2026-11-23T11:03:40.408670808Z","exited":true,"dead":false,"restarting":false,"paused":false,"running":false,"oomKilled":true,"status":5},
          "created":"2026-11-23T11:03:34.827879794Z","restart_count":2,"manually_stopped":true,"started_successfully_before":true
        }
        """;

    [Fact]
    public void ToContainer_ThereAndBack_LosesNothing()
    {
        var document = Read(Whole);

        var back = ContainerDocument.Of(document.ToContainer());

        AssertSame(Whole, back);
        AssertSame(Whole, document);
    }

    [Fact]
    public void ToDescription_EverythingSaid_IsDescribedButNotItsState()
    {
        var description = Read(Whole).ToDescription();

        var container = Read(Whole).ToContainer();
        Assert.Equal(("id-1", "n", "a/b:1"), (description.Id, description.Name, description.ImageRef));
        Assert.Equal(Json(container.Config), Json(ContainerDefaults.Fill("n", description.Config)));
        Assert.Equal("/bin/x", Assert.Single(description.Internals.Hooks!).Path);
        Assert.Equal(("io.containerd.runc.v1", true), (description.Internals.Runtime, description.Internals.Io.StdinOnce));
        Assert.Null(description.Internals.Network);
    }

    [Fact]
    public void ToContainer_OnlyTheImage_EverythingElseIsDefault()
    {
        var container = Read("""{"image":{"name":"a/b:1"},"container_id":"i"}""").ToContainer();

        Assert.Equal(("i", "a/b:1", "i-host", "UNLESS_STOPPED", "BRIDGE"),
            (container.Name, container.ImageRef, container.Config.HostName, container.Config.RestartPolicy!.Type, container.Config.NetworkMode));
        Assert.Equal((ContainerState.Created, ContainerInternals.DefaultRuntime), (container.State.Status, container.Internals.Runtime));
    }

    [Theory]
    [InlineData("""{"IMAGE":{"Name":"a"},"Host_Config":{"PRIVILEGED":true},"what":{"is":"this"}}""")]
    [InlineData("""{"image":{"name":"a"},"host_config":{"privileged":true,"restart_policy":null,"network_mode":null},"io_config":{"tty":null},"restart_count":null,"hooks":null}""")]
    public void TryParse_OtherCaseUnknownMembersAndNulls_AreTakenAsGoTakesThem(string json)
    {
        var description = Read(json).ToDescription();

        Assert.Equal(("a", true), (description.ImageRef, description.Config!.Privileged));
    }

    [Theory]
    [InlineData("", "unexpected end of JSON input")]
    [InlineData("  \n", "unexpected end of JSON input")]
    [InlineData("<html>404</html>", "invalid character '<' looking for beginning of value")]
    [InlineData("{\"image\":", "")]
    [InlineData("[]", "json: cannot unmarshal array into Go value of type container")]
    [InlineData("true", "json: cannot unmarshal bool into Go value of type container")]
    [InlineData("""{"image":"a/b"}""", "$.image")]
    [InlineData("""{"host_config":{"restart_policy":{"retry_timeout":"30s"}}}""", "$.host_config.restart_policy.retry_timeout")]
    [InlineData("""{"host_config":{"port_mappings":[{"container_port":70000}]}}""", "$.host_config.port_mappings[0].container_port")]
    public void TryParse_NoDocument_SaysWhy(string json, string text)
    {
        Assert.False(ContainerDocument.TryParse(Encoding.UTF8.GetBytes(json), out _, out var problem));
        Assert.Contains(text, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_JustNull_IsADocumentThatSaysNothing()
    {
        Assert.True(ContainerDocument.TryParse("null"u8, out var document, out _));
        Assert.Null(document.ToDescription().ImageRef);
    }

    [Fact]
    public void ToDescription_NullsInLists_AreWhatGoMakesOfThem()
    {
        var config = ContainerDefaults.Fill(
            "n", Read("""{"config":{"env":[null,"A"]},"mount_points":[null],"host_config":{"devices":[null]}}""").ToDescription().Config);

        Assert.Equal(["", "A"], config.Env);
        Assert.Null(Assert.Single(config.MountPoints!).Source);
        Assert.Empty(Assert.Single(config.Devices!).PathInContainer!);
    }

    [Theory]
    [InlineData(ContainerState.Created, 1, "")]
    [InlineData(ContainerState.Running, 2, "running")]
    [InlineData(ContainerState.Stopped, 3, "")]
    [InlineData(ContainerState.Paused, 4, "paused")]
    [InlineData(ContainerState.Exited, 5, "exited")]
    [InlineData(ContainerState.Dead, 6, "dead")]
    public void Of_State_IsANumberAndAFlag(string status, int number, string flag)
    {
        var state = JsonElement.Parse(ContainerDocument.Of(Read(Whole).ToContainer().With(status)).ToUtf8(indented: false)).GetProperty("state");

        Assert.Equal(number, state.GetProperty("status").GetInt32());
        foreach (var name in new[] { "running", "paused", "exited", "dead", "restarting" })
            Assert.Equal(name == flag, state.GetProperty(name).GetBoolean());
    }

    [Fact]
    public void ToDescription_ThirtyNanoseconds_StayThirtyNanoseconds()
    {
        var document = Read("""{"image":{"name":"a"},"host_config":{"restart_policy":{"type":"always","retry_timeout":30}}}""");

        Assert.Equal(30, ContainerDocument.Of(document.ToContainer()).HostConfig!.RestartPolicy!.RetryTimeout);
    }

    /// <summary>The recording ends in the middle of the network's id.</summary>
    [Fact]
    public void ToUtf8_TheRecordedContainer_IsPrintedAsTheOriginalPrintsIt()
    {
        var note = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "recordings", "10-cli-lifecycle.ndjson"))
            .Select(line => JsonElement.Parse(line))
            .Select(line => line.TryGetProperty("note", out var text) ? text.GetString()! : "")
            .Single(text => text.StartsWith("rc=0 out={\n   \"container_id\"", StringComparison.Ordinal));
        var printed = note["rc=0 out=".Length..];
        var endpoint = printed[(printed.LastIndexOf("\"id\": \"", StringComparison.Ordinal) + "\"id\": \"".Length)..];
        var id = JsonElement.Parse(printed.Split('\n')[1].Trim().TrimEnd(',').Replace("\"container_id\": ", "", StringComparison.Ordinal)).GetString()!;
        var home = $"/var/lib/edge/cm/home/containers/{id}";
        var container = new Container
        {
            Id = id,
            Name = "cli-one",
            ImageRef = "docker.io/library/busybox:1.35",
            Config = ContainerDefaults.Fill("cli-one", null),
            State = new ContainerState { Status = ContainerState.Running, Pid = 25274, StartedAt = "2026-11-23T11:03:37.114384485Z" },
            CreatedAt = "2026-11-23T11:03:34.827879794Z",
            Internals = ContainerInternals.None with
            {
                ResolvConfPath = $"{home}/resolv.conf",
                HostsPath = $"{home}/hosts",
                HostnamePath = $"{home}/hostname",
                Network = new NetworkSettingsDocument
                {
                    Networks = new Dictionary<string, NetworkDocument>(StringComparer.Ordinal) { ["bridge"] = new() { Id = endpoint } },
                },
            },
        };

        Assert.StartsWith(printed, Encoding.UTF8.GetString(ContainerDocument.Of(container).ToUtf8(indented: true)), StringComparison.Ordinal);
    }

    private static ContainerDocument Read(string json)
    {
        Assert.True(ContainerDocument.TryParse(Encoding.UTF8.GetBytes(json), out var document, out var problem), problem);
        return document;
    }

    /// <summary>Also in the order of its members.</summary>
    private static void AssertSame(string json, ContainerDocument document) =>
        Assert.Equal(JsonSerializer.Serialize(JsonElement.Parse(json)), Encoding.UTF8.GetString(document.ToUtf8(indented: false)));

    private static string Json(ContainerConfig config) => JsonSerializer.Serialize(config, KantoJson.Default.ContainerConfig);
}
