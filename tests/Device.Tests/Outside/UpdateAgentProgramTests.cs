using System.Text.Json;
using Leda.Harness.Protocol.Messaging;

namespace Leda.Harness.Device.Tests.Outside;

/// <summary>The program with its update agent, over somebody else's broker.</summary>
public sealed class UpdateAgentProgramTests
{
    private const int Patience = 60_000;

    private const string Desired = """
        {"activityId":"act-1","timestamp":1,"payload":{"domains":[{"id":"containers","components":[
          {"id":"web","version":"1.27","config":[{"key":"image","value":"docker.io/library/web:1.27"}]}]}]}}
        """;

    [Fact(Timeout = Patience)]
    public async Task Update_FromDesiredStateToCleanup_IsCompletedAndInTheRetainedInventory()
    {
        using var broker = MosquittoBroker.Start();
        using var program = DeviceProgram.Start("--broker", broker.Address.OriginalString, "--containers", "none", "--update-agent");
        await using var manager = await Manager.JoinAsync(broker, "manager", "containersupdate", TestContext.Current.CancellationToken);
        Assert.StartsWith("initial-current-state-", (await manager.NextAsync("currentstate")).GetProperty("activityId").GetString(), StringComparison.Ordinal);

        await manager.SendAsync("desiredstate", Desired);
        await manager.UntilAsync("IDENTIFIED");
        foreach (var (command, end) in ((string, string)[])[
            ("DOWNLOAD", "DOWNLOAD_SUCCESS"), ("UPDATE", "UPDATE_SUCCESS"), ("ACTIVATE", "ACTIVATION_SUCCESS"), ("CLEANUP", "COMPLETED")])
        {
            await manager.SendAsync("desiredstate/command", $$$"""{"activityId":"act-1","payload":{"command":"{{{command}}}"}}""");
            await manager.UntilAsync(end);
        }

        await manager.SendAsync("currentstate/get", """{"activityId":"inv-1"}""");
        Assert.Equal("inv-1", (await manager.NextAsync("currentstate")).GetProperty("activityId").GetString());
        await using var late = await Manager.JoinAsync(broker, "late", "containersupdate", TestContext.Current.CancellationToken);
        var nodes = (await late.NextAsync("currentstate")).GetProperty("payload").GetProperty("softwareNodes");
        Assert.Equal(["containers-update-agent", "containers:web"], nodes.EnumerateArray().Select(n => n.GetProperty("id").GetString()));
    }

    [Fact(Timeout = Patience)]
    public async Task DryRun_FromTheCommandLine_IsCompletedAtOnceAndLeavesEverything()
    {
        using var broker = MosquittoBroker.Start();
        using var program = DeviceProgram.Start(
            "--broker", broker.Address.OriginalString, "--containers", "3", "--update-agent", "--update-agent-dry-run", "--update-agent-domain", "my-apps");
        await using var manager = await Manager.JoinAsync(broker, "manager", "myappsupdate", TestContext.Current.CancellationToken);
        await manager.NextAsync("currentstate");

        await manager.SendAsync("desiredstate", Desired.Replace("\"containers\"", "\"my-apps\"", StringComparison.Ordinal));
        await manager.UntilAsync("COMPLETED");
        await manager.SendAsync("currentstate/get", """{"activityId":"inv-1"}""");

        Assert.Equal(4, (await manager.NextAsync("currentstate")).GetProperty("payload").GetProperty("softwareNodes").GetArrayLength());
    }

    /// <summary>An update manager, played by the test.</summary>
    private sealed class Manager(IMessageBus bus, string prefix, CancellationToken cancellationToken) : IAsyncDisposable
    {
        public static async Task<Manager> JoinAsync(MosquittoBroker broker, string client, string prefix, CancellationToken cancellationToken)
        {
            var bus = new MqttBusFactory(broker.Address, RealTime.Provider).Create(new BusOptions { ClientId = client });
            await bus.ConnectAsync(cancellationToken);
            await bus.SubscribeAsync($"{prefix}/#", cancellationToken: cancellationToken);
            return new Manager(bus, prefix, cancellationToken);
        }

        public Task SendAsync(string topic, string payload) => bus.PublishAsync(BusMessage.Of($"{prefix}/{topic}", payload), cancellationToken);

        /// <summary>Reads on to feedback with a status.</summary>
        public async Task UntilAsync(string status)
        {
            while ((await NextAsync("desiredstatefeedback")).GetProperty("payload").GetProperty("status").GetString() != status)
            {
            }
        }

        public async Task<JsonElement> NextAsync(string topic)
        {
            while (true)
            {
                if (await bus.Events.ReadAsync(cancellationToken) is BusEvent.Received { Message: var message } && message.Topic == $"{prefix}/{topic}")
                    return JsonElement.Parse(message.Payload.Span);
            }
        }

        public ValueTask DisposeAsync() => bus.DisposeAsync();
    }
}
