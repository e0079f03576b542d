using System.Net;
using System.Net.Sockets;
using System.Text;
using Leda.Harness.Hosting;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Simulator.Journal;

namespace Leda.Harness.Tests.Hosting;

public sealed class LedaHarnessTests
{
    [Fact]
    public async Task Dispose_APartFails_TheOthersAreStoppedAllTheSame()
    {
        var failed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var options = new HarnessOptions { MqttPort = 0, DeviceLog = Fail };
        var harness = await LedaHarness.StartAsync(options, RealTime.Provider, TestContext.Current.CancellationToken);
        var port = harness.MqttPort;
        await failed.Task;

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => harness.DisposeAsync().AsTask());

        Assert.Equal("defect", error.Message);
        using var again = new TcpListener(IPAddress.Loopback, port);
        again.Start();
        await Assert.ThrowsAnyAsync<Exception>(harness.Journal.SettleAsync); // closed as well

        void Fail(string line)
        {
            if (line.StartsWith("unexpected", StringComparison.Ordinal))
                failed.TrySetResult();
            throw new InvalidOperationException("defect");
        }
    }

    [Fact]
    public async Task Dispose_OnRealMqtt_TellsThatTheConnectorClosedAndFreesThePort()
    {
        var harness = await LedaHarness.StartAsync(new HarnessOptions { MqttPort = 0 }, RealTime.Provider, TestContext.Current.CancellationToken);

        await harness.DisposeAsync();

        var status = harness.Journal.Snapshot().Last(e => e is { Kind: JournalKind.Publish, Topic: EdgeTopics.RemoteStatus });
        Assert.Contains("CONNECTION_CLOSED", Encoding.UTF8.GetString(status.Payload.Span), StringComparison.Ordinal);
        using var again = new TcpListener(IPAddress.Loopback, harness.MqttPort);
        again.Start();
    }

    [Fact]
    public async Task Start_WithAnIdentity_IsThatGateway()
    {
        var options = new HarnessOptions { InMemory = true, Device = false, Identity = new GatewayIdentity("acme:gw", "tnt", "acme:pol") };

        await using var harness = await LedaHarness.StartAsync(options, RealTime.Provider, TestContext.Current.CancellationToken);

        Assert.Equal(options.Identity, harness.Connector!.Identity);
    }
}
