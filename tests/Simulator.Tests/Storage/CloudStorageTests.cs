using System.Text;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Storage;
using Microsoft.Data.Sqlite;

namespace Leda.Harness.Simulator.Tests.Storage;

public sealed class CloudStorageTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("leda-storage-test-").FullName;

    private string DatabasePath => Path.Combine(_directory, "cloud.db");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Thing_ComesBackAsItWas_WithRevisionInstantsAndMetadata()
    {
        string before;
        await using (var first = new StoredWorld(DatabasePath))
        {
            first.Do("create", "a:b", "/", """{"definition":"x:y:1","attributes":{"n":1,"é":null},"features":{"f":null,"g":{"properties":{"p":[1.50]}}}}""");
            first.Do("modify", "a:b", "/attributes/n", "2", ("put-metadata", """[{"key":"/unit","value":"°C"}]"""));
            first.Do("create", "a:null", "/", """{"features":null,"attributes":null}""");
            before = Snapshot(first);
        }

        await using var second = new StoredWorld(DatabasePath);

        Assert.Equal(before, Snapshot(second));
        Assert.Equal(3, second.Do("modify", "a:b", "/attributes/n", "3").Revision);
    }

    [Fact]
    public async Task History_BeginsAnew_WithTheStateThatCameBack()
    {
        await using (var first = new StoredWorld(DatabasePath))
        {
            first.Do("create", "a:b", "/", "{}");
            first.Do("modify", "a:b", "/attributes/n", "2");
        }

        await using var second = new StoredWorld(DatabasePath);
        second.Do("modify", "a:b", "/attributes/n", "3");

        Assert.True(second.Things.TryReadHistory(ThingId.Parse("a:b"), Caller.Harness, out var history, out _));
        Assert.Equal([(2L, null), (3L, "modified")], history.Select(e => (e.Revision, e.Action)));
    }

    [Fact]
    public async Task Revisions_GoOn_AfterDeleteRestartAndNewCreate()
    {
        await using (var first = new StoredWorld(DatabasePath))
        {
            first.Do("create", "a:b", "/", "{}");
            first.Do("delete", "a:b", "/");
        }

        await using (var second = new StoredWorld(DatabasePath))
        {
            Assert.Null(second.Things.Find(ThingId.Parse("a:b")));
            Assert.Equal(3, second.Do("create", "a:b", "/", "{}").Revision);
        }

        await using var third = new StoredWorld(DatabasePath);
        Assert.Equal(3, third.Things.Find(ThingId.Parse("a:b"))!.Revision);
    }

    [Fact]
    public async Task PoliciesAndRegistry_ComeBack_AndWhatIsDeletedStaysAway()
    {
        var (id, gone) = (ThingId.Parse("p:1"), ThingId.Parse("p:2"));
        Policy? policy;
        string registry;
        await using (var first = new StoredWorld(DatabasePath))
        {
            first.Policies.Create(Policy.Implicit(id, "nginx:ditto"), Caller.Harness);
            first.Policies.Create(Policy.Implicit(gone, "nginx:ditto"), Caller.Harness);
            first.Policies.Execute(new PolicyCommand { Id = gone, Action = "delete", Path = PolicyPath.Policy, Caller = Caller.Harness });
            policy = first.Policies.Find(id);
            first.Registry.Welcome(new GatewayIdentity("ns:gw", "t1"));
            first.Registry.Provision(new GatewayIdentity("ns:gw", "t1"), "ns:gw:child");
            first.Registry.SetCredentials("t1", "ns:gw", JsonText.Parse("""[{"type":"hashed-password","auth-id":"a","secrets":[{"pwd-plain":"x"}]}]"""));
            first.Registry.CreateDevice("t1", "gone");
            await first.FlushedAsync();
            first.Registry.DeleteDevice("t1", "gone");
            first.Registry.CreateTenant("t2");
            await first.FlushedAsync();
            first.Registry.DeleteTenant("t2");
            registry = Snapshot(first.Registry.Find("t1")!);
        }

        await using var second = new StoredWorld(DatabasePath);

        Assert.Equal((policy!.ToJson().GetRawText(), policy.Revision, policy.Created), Shown(second.Policies.Find(id)!));
        Assert.Null(second.Policies.Find(gone));
        Assert.Equal(3, second.Policies.Create(Policy.Implicit(gone, "nginx:ditto"), Caller.Harness).Policy!.Revision);
        Assert.Equal(registry, Snapshot(Assert.Single(second.Registry.Tenants)));
        second.Registry.CreateDevice("t1", "other");
        Assert.Equal(409, second.Registry.SetCredentials(
            "t1", "other", JsonText.Parse("""[{"type":"hashed-password","auth-id":"a","secrets":[{"pwd-plain":"x"}]}]""")).Status);

        static (string, long, DateTimeOffset) Shown(Policy p) => (p.ToJson().GetRawText(), p.Revision, p.Created);
    }

    [Fact]
    public async Task Flushed_MeansOnDisk_WhoeverElseWrites()
    {
        await using var world = new StoredWorld(DatabasePath);
        world.Do("create", "a:0", "/", "{}");
        await Task.WhenAll(Enumerable.Range(1, 8).Select(writer => Task.Run(async () =>
        {
            for (var n = 0; n < 50; n++)
            {
                world.Do(n == 0 ? "create" : "modify", $"a:{writer}", n == 0 ? "/" : "/attributes/n", n == 0 ? "{}" : $"{n}");
                await world.FlushedAsync();
            }
        })));

        // What a killed process leaves behind: the files as they are, without an orderly end.
        var copy = Directory.CreateDirectory(Path.Combine(_directory, "copy")).FullName;
        foreach (var file in Directory.GetFiles(_directory))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        await using var after = new StoredWorld(Path.Combine(copy, "cloud.db"));

        Assert.Equal(9, after.Things.All.Count());
        Assert.All(Enumerable.Range(1, 8), w => Assert.Equal(50, after.Things.Find(ThingId.Parse($"a:{w}"))!.Revision));
    }

    [Fact]
    public async Task Open_WhatAnotherHasOpen_IsRefused()
    {
        await using var first = new StoredWorld(DatabasePath);

        var error = Assert.Throws<StorageException>(() => new StoredWorld(DatabasePath));

        Assert.Contains("in use", error.Message, StringComparison.Ordinal);
        Assert.Contains(_directory, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_TextFile_IsRefused_AndLeftAsItIs()
    {
        var text = string.Concat(Enumerable.Repeat("This is my shopping list, not a database. ", 100));
        File.WriteAllText(DatabasePath, text);

        var error = Assert.Throws<StorageException>(() => new StoredWorld(DatabasePath));

        Assert.Contains(DatabasePath, error.Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(DatabasePath));
    }

    [Fact]
    public void Open_DatabaseOfAnotherProgram_IsRefused_AndLeftAsItIs()
    {
        Run("CREATE TABLE mine (x); INSERT INTO mine VALUES (1)");
        var bytes = File.ReadAllBytes(DatabasePath);

        var error = Assert.Throws<StorageException>(() => new StoredWorld(DatabasePath));

        Assert.Contains("another program", error.Message, StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(DatabasePath));
    }

    [Theory]
    [InlineData("UPDATE things SET body = '{'", "a:b")]
    [InlineData("UPDATE things SET body = '[]'", "a:b")]
    [InlineData("UPDATE things SET id = 'nocolon'", "nocolon")]
    [InlineData("PRAGMA user_version = 99", "newer")]
    public async Task Open_RowsThatMakeNoSense_AreRefused(string damage, string part)
    {
        await using (var world = new StoredWorld(DatabasePath))
            world.Do("create", "a:b", "/", "{}");
        Run(damage);

        var error = Assert.Throws<StorageException>(() => new StoredWorld(DatabasePath));

        Assert.Contains(DatabasePath, error.Message, StringComparison.Ordinal);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_DamagedPages_AreRefused()
    {
        await using (var world = new StoredWorld(DatabasePath))
        {
            foreach (var n in Enumerable.Range(0, 200))
                world.Do("create", $"a:{n}", "/", "{}");
        }

        await using (var file = File.OpenWrite(DatabasePath))
        {
            file.Position = 4096;
            file.Write(Encoding.UTF8.GetBytes(new string('x', 8192)));
        }

        var error = Assert.Throws<StorageException>(() => new StoredWorld(DatabasePath));

        Assert.Contains("damaged", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChangeAfterTheEnd_IsNotCalledKept()
    {
        var world = new StoredWorld(DatabasePath);
        world.Do("create", "a:b", "/", "{}");
        await world.DisposeAsync();
        await world.FlushedAsync();

        world.Do("modify", "a:b", "/attributes/n", "2");

        await Assert.ThrowsAsync<StorageException>(world.FlushedAsync);
    }

    [Fact]
    public async Task LogThatThrows_EndsNothing()
    {
        await new StoredWorld(DatabasePath).DisposeAsync();
        Run("CREATE TRIGGER no BEFORE INSERT ON things WHEN NEW.body LIKE '%unwritable%' BEGIN SELECT RAISE(ABORT, 'no'); END");
        await using var world = new StoredWorld(DatabasePath, _ => throw new InvalidOperationException("the log is broken"));
        world.Do("create", "a:b", "/", """{"attributes":{"n":"unwritable"}}""");
        await Assert.ThrowsAsync<StorageException>(world.FlushedAsync);

        world.Do("modify", "a:b", "/attributes/n", "2");

        await world.FlushedAsync().WaitAsync(TimeSpan.FromSeconds(30), RealTime.Provider, TestContext.Current.CancellationToken);
    }

    private static string Snapshot(StoredWorld world) =>
        string.Join('\n', world.Things.All.OrderBy(t => t.Id.ToString(), StringComparer.Ordinal).Select(t => t.ToFullJson().GetRawText()));

    private static string Snapshot(Leda.Harness.Simulator.Registry.RegisteredTenant tenant) => string.Join('\n',
        tenant.Devices.Values.Select(d => $"{d.ToSearchJson()} {d.Status} {d.CredentialsVersion} {string.Concat(d.Credentials)}").Prepend($"{tenant.Data} {tenant.Status}"));

    private void Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={DatabasePath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
