using Leda.Harness.Device.Tests.Support;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Simulator.Broker;

namespace Leda.Harness.Device.Tests.Outside.Kills;

/// <summary>One data directory and the device programs that live on it, one after the other, until each is killed.</summary>
internal sealed class ManyLives(IdSource chance, string artifacts, KilledEngine engine)
{
    /// <summary>How many commands may be without an answer.</summary>
    private const int InFlight = 4;

    /// <summary>In microseconds.</summary>
    private const int LongestSpin = 3000;

    private readonly Expectations _expected = new(chance.Fork(), artifacts, engine);
    private int _registrations;

    public int Acknowledged { get; private set; }

    public int Installed => _expected.Installed;

    public string Summary => $"{_registrations} registrations, {Acknowledged} commands answered, {Installed} installed, at most {_expected.Most} containers";

    public async Task RunAsync(int kills, CancellationToken cancelled)
    {
        using var data = new TemporaryDirectory();
        var bench = new Observer();
        await using var broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { Port = 0 }, RealTime.Provider, bench);
        await using var cloud = new MqttBusFactory(broker.Url, RealTime.Provider).Create(new BusOptions { ClientId = Observer.Cloud });
        await cloud.ConnectAsync(cancelled);
        try
        {
            for (var kill = 0; kill < kills; kill++)
                await LiveAsync(new Life(bench, cloud, broker.Url, data.Path, $"life {kill}"), cancelled);
            await LiveAsync(new Life(bench, cloud, broker.Url, data.Path, "the last life"), cancelled, checkOnly: true);
        }
        finally
        {
            await engine.ClearAsync(data.Path);
        }
    }

    private async Task LiveAsync(Life life, CancellationToken cancelled, bool checkOnly = false)
    {
        // One in five dies while it starts, the others at work.
        var early = !checkOnly && chance.Next(0, 5) == 0;
        life.Observer.Begin(checkOnly ? int.MaxValue : early ? chance.Next(1, 12) : chance.Next(0, engine.MostMessages), early);
        using var program = DeviceProgram.Start(
            [.. engine.Arguments, "--broker", life.Broker.ToString(), "--data", life.Data, "--containers", "none", "--seed", $"{chance.Next(0, int.MaxValue)}"]);
        var work = WorkAsync(life, cancelled);
        if (!checkOnly)
        {
            await UntilAsync(life.Observer.Doomed, work).WaitAsync(cancelled);
            // The instant of the kill is drawn: it is what the test is about.
            await Task.Delay(TimeSpan.FromMicroseconds(chance.Next(0, (int)engine.LongestDelay.TotalMicroseconds + 1)), RealTime.Provider, cancelled);
            SpinFor(TimeSpan.FromMicroseconds(chance.Next(0, LongestSpin)));
        }
        else
        {
            await UntilAsync(life.Observer.Ready, work).WaitAsync(cancelled);
            await engine.SameAsync(life.Data, life.Observer.Gone, life.Name);
        }

        program.Kill();
        var (_, errors) = await program.EndAsync(cancelled);
        await life.Observer.Gone.WaitAsync(cancelled);
        await work;
        Acknowledged += life.Observer.Answers.Count;
        Assert.False(errors.Contains("cannot", StringComparison.Ordinal) || errors.Contains("unexpected", StringComparison.Ordinal), $"{life.Name}: {errors}");
        _expected.Answered(life.Observer.Answers);
        _expected.Check(new Disk(life.Data), life.Name);
    }

    /// <summary>Waits for an event, which may never come if the work has failed.</summary>
    private static async Task UntilAsync(Task happened, Task work)
    {
        await await Task.WhenAny(happened, work);
        await happened;
    }

    /// <summary>Registers the device, looks at what it registered, and keeps it busy until it dies.</summary>
    private async Task WorkAsync(Life life, CancellationToken cancelled)
    {
        var observer = life.Observer;
        await Task.WhenAny(observer.Asked, observer.Gone).WaitAsync(cancelled);
        if (!observer.Asked.IsCompleted)
            return;
        await life.Cloud.PublishAsync(BusMessage.Of(EdgeTopics.ThingResponse, World.Identity), cancelled);
        await Task.WhenAny(observer.Ready, observer.Gone).WaitAsync(cancelled);
        if (!observer.Ready.IsCompleted)
            return;
        _registrations++;
        _expected.CheckRegistered(observer, new Disk(life.Data), life.Name);
        await engine.SameAsync(life.Data, observer.Gone, life.Name);
        while (!observer.Gone.IsCompleted)
        {
            var (correlation, feature, operation, value) = _expected.Next();
            await life.Cloud.PublishAsync(Command(correlation, feature, operation, value), cancelled);
            await observer.WaitForAnswersAsync(_expected.Sent - InFlight).WaitAsync(cancelled);
            _expected.Answered(observer.Answers);
        }
    }

    private static BusMessage Command(string correlation, string feature, string operation, string value) => BusMessage.Of(
        $"command//{World.Thing}/req/{correlation}/{operation}",
        $$$"""
        {"topic":"dummy-namespace/dummy-gateway:dummy-device-id:edge:containers/things/live/messages/{{{operation}}}",
        "headers":{"correlation-id":"{{{correlation}}}","response-required":true,"content-type":"application/json"},
        "path":"/features/{{{feature}}}/inbox/messages/{{{operation}}}","value":{{{value}}}}
        """);

    private static void SpinFor(TimeSpan time)
    {
        for (var since = RealTime.Provider.GetTimestamp(); RealTime.Provider.GetElapsedTime(since) < time;)
            Thread.SpinWait(20);
    }

    private sealed record Life(Observer Observer, IMessageBus Cloud, Uri Broker, string Data, string Name);
}
