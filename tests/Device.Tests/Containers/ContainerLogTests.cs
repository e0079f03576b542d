using System.Text;
using System.Text.Json;
using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Tests.Support;
using Leda.Harness.Protocol.Kanto;
using Microsoft.Extensions.Time.Testing;

namespace Leda.Harness.Device.Tests.Containers;

/// <summary>What containers write (recording 10, log options of 3.2.2).</summary>
public sealed class ContainerLogTests : IDisposable
{
    private readonly TemporaryDirectory _data = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 11, 3, 42, 687, TimeSpan.Zero));
    private readonly List<string> _told = [];

    private string Newest => Path.Combine(_data.Path, "json.log");

    public void Dispose() => _data.Dispose();

    [Fact]
    public void Write_Lines_AreJsonLinesAsTheOriginalWritesThem()
    {
        var log = Log(new LogConfig());

        log.Write("stdout", "hello from busybox\n"u8);
        log.Write("stderr", "\"quoted\" <ä>, the end"u8);
        log.Write("stdout", [0xff, (byte)'!']);

        Assert.Equal(
            [
                """{"stream":"stdout","log":"hello from busybox\n","time":"2026-11-23T11:03:42.687Z"}""",
                """{"stream":"stderr","log":"\"quoted\" <ä>, the end","time":"2026-11-23T11:03:42.687Z"}""",
                """{"stream":"stdout","log":"�!","time":"2026-11-23T11:03:42.687Z"}""",
            ],
            File.ReadAllLines(Newest));
        Assert.Equal(File.ReadAllLines(Newest), log.Tail(-1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Write_MoreThanFits_OldestFilesGoAndTheTailReachesAcross(int files)
    {
        var log = Log(new LogConfig { MaxFiles = files, MaxSize = "1K" });

        for (var i = 0; i < 200; i++)
            log.Write("stdout", Line(i));

        Assert.Equal(files, Directory.GetFiles(_data.Path).Length);
        Assert.All(Directory.GetFiles(_data.Path), file => Assert.InRange(new FileInfo(file).Length, 1, 1024));
        var all = Texts(log.Tail(-1));
        Assert.Equal(Enumerable.Range(200 - all.Count, all.Count).Select(i => $"line {i}\n"), all);
        Assert.Equal(all.TakeLast(7), Texts(log.Tail(7)));
        Assert.Equal(all.TakeLast(20), Texts(log.Tail(20)));
        Assert.Empty(log.Tail(0));
    }

    [Fact]
    public void Write_AfterARestart_GoesOnWhereItWas()
    {
        Log(new LogConfig()).Write("stdout", Line(1));
        Log(new LogConfig()).Write("stdout", Line(2));

        Assert.Equal(["line 1\n", "line 2\n"], Texts(Log(new LogConfig()).Tail(100)));
    }

    [Fact]
    public void Write_LineLargerThanAFile_IsKept()
    {
        var log = Log(new LogConfig { MaxFiles = 2, MaxSize = "1K" });
        log.Write("stdout", Line(1));
        log.Write("stdout", new byte[5000].AsSpan());

        Assert.Equal(2, log.Tail(-1).Count);
    }

    [Fact]
    public void Write_DriverNone_KeepsNothing()
    {
        var log = Log(new LogConfig { Type = "none" });

        log.Write("stdout", Line(1));

        Assert.Empty(log.Tail(-1));
        Assert.Empty(Directory.GetFiles(_data.Path));
    }

    [Fact]
    public void Write_RootDirectory_IsInADirectoryOfTheContainersOwnAndIsFoundThere()
    {
        using var elsewhere = new TemporaryDirectory();
        var log = Log(new LogConfig { RootDir = elsewhere.Path });

        log.Write("stdout", Line(1));

        Assert.True(File.Exists(Path.Combine(elsewhere.Path, "id", "json.log")));
        Assert.Single(log.Tail(-1));
        log.Delete();
        log.Write("stdout", Line(2));
        Assert.Empty(Directory.GetFileSystemEntries(elsewhere.Path));
    }

    [Fact]
    public void Write_NoDataDirectory_LastLinesAreInMemory()
    {
        var log = ContainerLog.Of(Container(new LogConfig()), home: null, _time, _told.Add);

        for (var i = 0; i < 10_000; i++)
            log.Write("stdout", Line(i));

        Assert.Equal("line 9999\n", Texts(log.Tail(1))[0]);
        Assert.InRange(log.Tail(-1).Count, 1000, 9999);
        Assert.Empty(_told);
    }

    [Fact]
    public void Write_CannotBeWritten_IsDroppedCountedAndTold()
    {
        var log = Log(new LogConfig());
        Directory.CreateDirectory(Newest);

        for (var i = 0; i < 3; i++)
            log.Write("stdout", Line(i));
        Assert.Contains("id: its log cannot be written", Assert.Single(_told), StringComparison.Ordinal);
        Directory.Delete(Newest);
        log.Write("stdout", Line(3));

        Assert.Equal("container id: 3 lines of its log are lost", _told[^1]);
        Assert.Equal(["line 3\n"], Texts(log.Tail(-1)));
    }

    [Fact]
    public void Write_NonBlockingAndCannotBeWritten_WaitsInTheBufferAndDropsWhatDoesNotFit()
    {
        var log = Log(new LogConfig { Mode = "NON_BLOCKING", MaxBufferSize = "1K" });
        Directory.CreateDirectory(Newest);

        for (var i = 0; i < 20; i++)
            log.Write("stdout", Line(i));
        Directory.Delete(Newest);
        var kept = Texts(log.Tail(-1));
        log.Write("stdout", Line(20));

        Assert.InRange(kept.Count, 5, 19);
        Assert.Equal([.. Enumerable.Range(0, kept.Count).Select(i => $"line {i}\n"), "line 20\n"], Texts(log.Tail(-1)));
        Assert.Equal($"container id: {20 - kept.Count} lines of its log are lost", _told[^1]);
    }

    [Fact]
    public void Create_RootDirectoryIsNotAbsolute_IsRefused() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();

        var answer = await world.InvokeAsync("ContainerFactory", "createWithConfig", """{"imageRef":"a/b:1","config":{"log":{"rootDir":"logs"}}}""");

        Assert.Equal((500, "messages:execution.failed"), (answer.Status, answer.Error));
        Assert.Contains("absolute", answer.Message, StringComparison.Ordinal);
        Assert.Empty(device.Containers);
    });

    [Fact]
    public void Run_EachOfThem_WritesTheContainersLogUntilItIsRemoved() => World.Run(async world =>
    {
        var engine = new ScriptedEngine();
        await using var device = await world.StartRegisteredAsync(new DeviceOptions { Engine = engine, DataDirectory = _data.Path });
        var id = await world.CreateAsync(start: true);
        var home = Path.Combine(_data.Path, "containers", id);

        engine.Logs[id].Write("stdout", Line(1));
        await world.InvokeAsync($"Container:{id}", "stop");
        await world.InvokeAsync($"Container:{id}", "start");
        engine.Logs[id].Write("stdout", Line(2));
        Assert.Equal(["line 1\n", "line 2\n"], Texts(File.ReadAllLines(Path.Combine(home, "json.log"))));
        await world.InvokeAsync($"Container:{id}", "remove", "true");
        engine.Logs[id].Write("stdout", Line(3));

        Assert.False(Directory.Exists(home));
    });

    private ContainerLog Log(LogConfig config) => ContainerLog.Of(Container(config), _data.Path, _time, _told.Add);

    private static Container Container(LogConfig config) => new()
    {
        Id = "id",
        Name = "name",
        ImageRef = "a/b:1",
        Config = ContainerDefaults.Fill("name", new ContainerConfig { Log = config }),
        State = new ContainerState { Status = ContainerState.Created },
        CreatedAt = "2026-01-01T00:00:00Z",
    };

    private static byte[] Line(int number) => Encoding.UTF8.GetBytes($"line {number}\n");

    private static List<string> Texts(IEnumerable<string> lines) =>
        [.. lines.Select(line => JsonElement.Parse(line).GetProperty("log").GetString()!)];
}
