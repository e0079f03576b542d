using System.Net;
using System.Net.Sockets;
using Leda.Harness.Hosting;

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
}
