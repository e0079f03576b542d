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
    }

    [Fact]
    public void Load_KilledBeforeTheFirstRename_GivesNothing()
    {
        Directory.CreateDirectory(Home("one"));
        File.WriteAllText(Path.Combine(Home("one"), "config.json.tmp"), "{");

        Assert.Empty(Store.Load());
        Assert.Empty(_log);
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
        Store.Save(Sample("c") with { CreatedAt = "2026-01-01T00:00:01Z" });
        Store.Save(Sample("a") with { CreatedAt = "2026-01-01T00:00:03Z" });
        Store.Save(Sample("b") with { CreatedAt = "2026-01-01T00:00:02Z" });

        Assert.Equal(["c", "b", "a"], Store.Load().Select(c => c.Id));
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
