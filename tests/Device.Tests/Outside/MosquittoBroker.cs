using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Leda.Harness.Device.Tests.Support;

namespace Leda.Harness.Device.Tests.Outside;

/// <summary>Somebody else's broker, on a port of its own.</summary>
internal sealed class MosquittoBroker : IDisposable
{
    private static readonly string? _program =
        Array.Find(["/usr/sbin/mosquitto", "/usr/bin/mosquitto", "/usr/local/sbin/mosquitto"], File.Exists);

    private readonly TemporaryDirectory _directory = new();
    private readonly Process _process;

    private MosquittoBroker(int port)
    {
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"mqtt://127.0.0.1:{port}"));
        var file = Path.Combine(_directory.Path, "mosquitto.conf");
        File.WriteAllText(file, string.Create(CultureInfo.InvariantCulture, $"listener {port} 127.0.0.1\nallow_anonymous true\npersistence false\nuser root\n"));
        _process = Process.Start(new ProcessStartInfo(_program!, ["-c", file]) { UseShellExecute = false, RedirectStandardError = true })!;
    }

    public Uri Address { get; }

    /// <summary>Starts it, or skips the test where there is none. Clients try again until it listens.</summary>
    public static MosquittoBroker Start()
    {
        Assert.SkipWhen(_program is null, "mosquitto is not installed (Debian: apt-get install mosquitto)");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return new MosquittoBroker(port);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _directory.Dispose();
    }
}
