using Leda.Harness.Device.Agent;
using Leda.Harness.Device.Tests.Support;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Device.Tests.Agent;

/// <summary>What is remembered of the features that the cloud knows (3.6).</summary>
public sealed class FeatureLedgerTests : IDisposable
{
    private static readonly ThingId _thing = ThingId.Parse(World.Thing);

    private readonly TemporaryDirectory _data = new();
    private readonly List<string> _log = [];

    private FeatureLedger Ledger => new(_data.Path, _log.Add);

    private string File => Path.Combine(_data.Path, "sup_back_dummy-namespace_dummy-gateway_dummy-device-id_edge_containers.json");

    private string Text => System.IO.File.ReadAllText(File);

    public void Dispose() => _data.Dispose();

    [Fact]
    public void File_OverALife_IsWhatTheOriginalWrites()
    {
        var ledger = Ledger;

        ledger.Reset(_thing, []);
        Assert.Equal("null", Text);
        ledger.Add(_thing, "one");
        ledger.Add(_thing, "two");
        Assert.Equal("""{"one":"Container:one","two":"Container:two"}""", Text);
        ledger.Remove(_thing, "one");
        ledger.Remove(_thing, "two");
        Assert.Equal("{}", Text);
        Assert.Equal([File], Directory.GetFiles(_data.Path));
    }

    [Theory]
    [InlineData("null", "")]
    [InlineData("{}", "")]
    [InlineData("""{"b":"Container:b","a":"Container:a"}""", "a,b")]
    public void Of_FileOfTheOriginal_IsRead(string text, string known)
    {
        System.IO.File.WriteAllText(File, text);

        Assert.Equal(known, string.Join(',', Ledger.Of(_thing)));
        Assert.Empty(_log);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"a\":")]
    public void Of_BrokenFile_IsIgnoredAndSaid(string text)
    {
        System.IO.File.WriteAllText(File, text);

        Assert.Empty(Ledger.Of(_thing));
        Assert.Contains("is ignored", Assert.Single(_log), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_FileUnderItsOldName_IsRenamed()
    {
        var old = Path.Combine(_data.Path, "sup_back_dummy-namespace_dummy-gateway:dummy-device-id:edge:containers.json");
        System.IO.File.WriteAllText(old, """{"a":"Container:a"}""");

        Assert.Equal(["a"], Ledger.Of(_thing));
        Assert.Equal([File], Directory.GetFiles(_data.Path));
    }

    [Fact]
    public void Of_BothNames_TheNewOneCounts()
    {
        System.IO.File.WriteAllText(File, """{"new":"Container:new"}""");
        System.IO.File.WriteAllText(Path.Combine(_data.Path, "sup_back_dummy-namespace_dummy-gateway:dummy-device-id:edge:containers.json"), """{"old":"Container:old"}""");

        Assert.Equal(["new"], Ledger.Of(_thing));
    }

    [Fact]
    public void Of_OtherThing_HasAFileOfItsOwn()
    {
        Ledger.Reset(_thing, ["a"]);

        Assert.Empty(Ledger.Of(ThingId.Parse("other:gateway:edge:containers")));
    }

    [Fact]
    public void Save_NoRoom_IsSaidAndRememberedAllTheSame()
    {
        Directory.CreateDirectory(File + ".tmp");
        var ledger = Ledger;

        ledger.Add(_thing, "one");

        Assert.Equal(["one"], ledger.Of(_thing));
        Assert.Contains("cannot be written", Assert.Single(_log), StringComparison.Ordinal);
    }

    [Fact]
    public void Remove_DeleteIsNotAcknowledged_IsSentAgainAtTheNextRegistrationAndOnlyThen() => World.Run(async world =>
    {
        var broker = new DeafBroker(world.Broker);
        var device = await DeviceHost.StartAsync(new DeviceOptions { DataDirectory = _data.Path }, broker, world.Time, new IdSource(1), world.Log.Add);
        await world.SettleAsync();
        await world.AnnounceAsync(World.Identity);
        var id = await world.CreateAsync();
        broker.IsDeaf = true;
        await world.CommandAsync("""{"correlation-id":"c","response-required":true,"content-type":"application/json"}""", $"/features/Container:{id}/inbox/messages/remove", "false");
        var leaving = device.DisposeAsync().AsTask();
        await world.PassAsync(TimeSpan.FromSeconds(5));
        await leaving;
        Assert.Equal($$"""{"{{id}}":"Container:{{id}}"}""", Text);
        world.Forget();

        for (var start = 2; start < 4; start++)
        {
            await using var again = await world.StartDeviceAsync(new DeviceOptions { DataDirectory = _data.Path }, seed: start);
            await world.AnnounceAsync(World.Identity);
        }

        Assert.Single(world.Told, $"Container:{id} deleted");
        Assert.Equal("null", Text);
    });
}
