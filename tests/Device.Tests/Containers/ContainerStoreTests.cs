using System.Text.Json;
using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Tests.Support;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Tests.Containers;

/// <summary>A kill at any moment leaves the old container or the new one.</summary>
public sealed class ContainerStoreTests : IDisposable
{
    private readonly TemporaryDirectory _data = new();
    private readonly List<string> _log = [];

    private ContainerStore Store => new(_data.Path, _log.Add);

    public void Dispose() => _data.Dispose();

    [Fact]
    public void Load_AfterSave_GivesTheSameContainer()
    {
        var container = Sample("one") with { ManuallyStopped = true, RestartCount = 3, StartedSuccessfullyBefore = true };

        Store.Save(container);

        var loaded = Assert.Single(Store.Load());
        Assert.Equal(container with { Config = loaded.Config }, loaded);
        Assert.Equal(["A=1"], loaded.Config.Env);
        Assert.Equal("512M", loaded.Config.Resources!.MemorySwap);
    }

    [Fact]
    public void Load_KilledBeforeTheRename_GivesTheOldOne()
    {
        Store.Save(Sample("one"));
        File.WriteAllText(Path.Combine(Home("one"), "config.json.tmp"), "{\"id\":\"one\",\"na");

        Assert.Equal("one", Assert.Single(Store.Load()).Id);
        Assert.Empty(_log);
        Assert.Equal([Path.Combine(Home("one"), "config.json")], Directory.GetFiles(Home("one")));
    }

    [Fact]
    public void Load_KilledBeforeTheFirstRename_GivesNothing()
    {
        Directory.CreateDirectory(Home("one"));
        File.WriteAllText(Path.Combine(Home("one"), "config.json.tmp"), "{");

        Assert.Empty(Store.Load());
        Assert.Empty(_log);
        Assert.False(Directory.Exists(Home("one")));
    }

    [Fact]
    public void Load_KilledInTheMiddleOfADelete_ClearsTheRestAway()
    {
        Store.Save(Sample("one"));
        Directory.Move(Home("one"), Home(".removed-one"));

        Assert.Empty(Store.Load());
        Assert.Empty(_log);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_data.Path, "containers")));
    }

    [Fact]
    public void Load_DirectoryOfSomethingElse_IsLeftAloneAndSaid()
    {
        Directory.CreateDirectory(Home("mine"));
        File.WriteAllText(Path.Combine(Home("mine"), "notes.txt"), "");

        Assert.Empty(Store.Load());
        Assert.Contains("mine is no container", Assert.Single(_log), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Home("mine"), "notes.txt")));
    }

    /// <summary>The container of recording 10 as the original keeps it, after it was stopped.</summary>
    [Fact]
    public void Load_FileOfTheOriginal_IsTheContainerThatItWas()
    {
        const string Id = "387b9ab7-680a-4cb5-99fc-a868b375f108";
        Directory.CreateDirectory(Home(Id));
        File.WriteAllText(Path.Combine(Home(Id), "config.json"), $$$$"""
            {"container_id":"{{{{Id}}}}","container_name":"cli-one","image":{"name":"docker.io/library/busybox:1.35"},"domain_name":"cli-one-domain","host_name":"cli-one-host",
            "resolv_conf_path":"/var/lib/edge/resolv.conf","hosts_path":"/var/lib/edge/hosts","hostname_path":"/var/lib/edge/hostname","mount_points":null,"hooks":null,"config":null,
            "host_config":{"devices":null,"network_mode":"bridge","privileged":false,"restart_policy":{"maximum_retry_count":0,"retry_timeout":0,"type":"unless-stopped"},
            "runtime":"io.containerd.runc.v2","extra_hosts":null,"extra_capabilities":null,"port_mappings":null,
            "log_config":{"driver_config":{"type":"json-file","max_files":2,"max_size":"100M"},"mode_config":{"mode":"blocking"}},"resources":{"memory":"200M"}},
            "io_config":{"attach_stderr":false,"attach_stdin":false,"attach_stdout":false,"open_stdin":false,"stdin_once":false,"tty":false},
            "network_settings":{"networks":{"bridge":{"id":"11d539d3d86bfe","gateway":"172.19.0.1","ip_address":"172.19.0.2","mac_address":"02:42:ac:13:00:02","network_id":"n"}},"sandbox_id":"","sandbox_key":"","network_controller_id":""},
            "state":{"pid":-1,"started_at":"2026-11-23T11:03:37.114384485Z","error":"","exit_code":0,"finished_at":"2026-11-23T11:03:40.408670808Z","exited":false,"dead":false,"restarting":false,"paused":false,"running":false,"oomKilled":false,"status":3},
            "created":"2026-11-23T11:03:34.827879794Z","restart_count":1,"manually_stopped":true,"started_successfully_before":true}
            """);

        var container = Assert.Single(Store.Load());

        Assert.Empty(_log);
        Assert.Equal(
            """{"name":"cli-one","imageRef":"docker.io/library/busybox:1.35","config":{"domainName":"cli-one-domain","hostName":"cli-one-host","restartPolicy":{"type":"UNLESS_STOPPED"},"networkMode":"BRIDGE","log":{"type":"JSON_FILE","maxFiles":2,"maxSize":"100M","mode":"BLOCKING"},"resources":{"memory":"200M"}},"createdAt":"2026-11-23T11:03:34.827879794Z","state":{"status":"STOPPED","pid":-1,"startedAt":"2026-11-23T11:03:37.114384485Z","finishedAt":"2026-11-23T11:03:40.408670808Z"}}""",
            JsonSerializer.Serialize(container.ToStatus(), KantoJson.Default.ContainerStatus));
        Assert.Equal((1, true, true), (container.RestartCount, container.ManuallyStopped, container.StartedSuccessfullyBefore));
        Assert.Equal("172.19.0.2", container.Internals.Network!.Networks!["bridge"].IpAddress);
    }

    [Theory]
    [InlineData(0, ContainerState.Created)]
    [InlineData(7, ContainerState.Created)]
    [InlineData(99, ContainerState.Created)]
    [InlineData(2, ContainerState.Running)]
    [InlineData(6, null)]
    public void Load_StateOfTheOriginal_IsOneThatWeHave(int status, string? loaded)
    {
        Directory.CreateDirectory(Home("one"));
        File.WriteAllText(Path.Combine(Home("one"), "config.json"), $$"""{"container_id":"one","image":{"name":"a"},"state":{"status":{{status}} } }""");

        Assert.Equal(loaded, Store.Load().SingleOrDefault()?.State.Status);
        Assert.Equal(loaded is not null, Directory.Exists(Home("one")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"container_id":"one","image":"a"}""")]
    [InlineData("""{"container_id":"two","image":{"name":"a"}}""")]
    public void Load_OneFileIsBroken_TheOthersAreLoadedAndItIsSaid(string content)
    {
        Store.Save(Sample("one"));
        Store.Save(Sample("two"));
        File.WriteAllText(Path.Combine(Home("one"), "config.json"), content);

        Assert.Equal("two", Assert.Single(Store.Load()).Id);
        Assert.Contains("config.json", Assert.Single(_log), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ManyContainers_OldestFirst()
    {
        Store.Save(Sample("d") with { CreatedAt = "2026-01-01T00:00:01.35Z" });
        Store.Save(Sample("e") with { CreatedAt = "2026-01-01T00:00:01.3Z" });
        Store.Save(Sample("c") with { CreatedAt = "2026-01-01T00:00:01Z" });
        Store.Save(Sample("a") with { CreatedAt = "2026-01-01T00:00:03Z" });
        Store.Save(Sample("b") with { CreatedAt = "2026-01-01T00:00:02Z" });

        Assert.Equal(["c", "e", "d", "b", "a"], Store.Load().Select(c => c.Id));
    }

    [Fact]
    public void Delete_Twice_IsNoError()
    {
        Store.Save(Sample("one"));

        Store.Delete("one");
        Store.Delete("one");

        Assert.Empty(Store.Load());
        Assert.False(Directory.Exists(Home("one")));
    }

    private string Home(string id) => Path.Combine(_data.Path, "containers", id);

    private static Container Sample(string id) => new()
    {
        Id = id,
        Name = "name",
        ImageRef = "a/b:1",
        Config = ContainerDefaults.Fill("name", new ContainerConfig { Env = ["A=1"], Resources = new Resources { Memory = "256M" } }),
        State = new ContainerState { Status = ContainerState.Created, Pid = -1 },
        CreatedAt = "2026-01-01T00:00:00Z",
    };
}
