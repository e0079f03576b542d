using System.Diagnostics;
using Leda.Harness.Device.Engines;
using Leda.Harness.Device.Engines.Containerd;
using Leda.Harness.Device.Tests.Engines.Containerd;

[assembly: AssemblyFixture(typeof(OwnContainerd))]

namespace Leda.Harness.Device.Tests.Engines.Containerd;

/// <summary>A containerd of the tests' own, in a temporary directory, started when the first test asks for it. It leaves nothing behind.</summary>
public sealed class OwnContainerd : IAsyncLifetime
{
    public const string Busybox = "docker.io/library/busybox:1.35";
    public const string Influxdb = "docker.io/library/influxdb:1.8.4";
    public const string Httpd = "docker.io/library/httpd:latest";
    public const string Particular = "docker.io/library/particular:1";

    /// <summary>A namespace of this run: what runc keeps is below the machine's <c>/run</c>, whoever runs it.</summary>
    public static readonly string Namespace = $"leda-test-{Environment.ProcessId}";

    private static readonly TimeSpan _net = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(50);

    private readonly SemaphoreSlim _starting = new(1);
    private readonly List<string> _chatter = [];
    private DirectoryInfo? _home;
    private Process? _process;

    public string Address => Path.Combine(_home!.FullName, "c.sock");

    /// <summary>Why real containers cannot be had here, or <see langword="null"/>.</summary>
    private static string? Missing
    {
        get
        {
            string[] missing = [.. new[] { "containerd", "runc", "ctr", "containerd-shim-runc-v2" }.Where(p => Programs.Find(p) is null)];
            return !OperatingSystem.IsLinux() ? "real containers need Linux"
                : missing.Length > 0 ? $"real containers need {string.Join(" and ", missing)} (Debian: containerd, runc)"
                : !File.Exists(BusyboxImage.Busybox) ? $"real containers need {BusyboxImage.Busybox} (Debian: busybox-static)"
                : Environment.UserName != "root" ? "real containers need root"
                : null;
        }
    }

    private string Archive => Path.Combine(_home!.FullName, "images.tar");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Starts containerd, once for all tests, or skips the test where that cannot be.</summary>
    public async Task RequireAsync()
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        await _starting.WaitAsync();
        try
        {
            if (_process is null)
                await StartAsync();
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>An engine with a directory of its own.</summary>
    public Task<ContainerdEngine> ConnectAsync(string directory, Action<string>? log = null, string? containerNamespace = null) => ContainerdEngine.ConnectAsync(
        new ContainerdOptions { Address = Address, Namespace = containerNamespace ?? Namespace, Directory = directory }, RealTime.Provider, log ?? (_ => { }));

    /// <summary>Runs containerd's own client.</summary>
    public Task<string> ControlAsync(params string[] arguments) => ControlInAsync(Namespace, arguments);

    /// <summary>The same in another namespace.</summary>
    public async Task<string> ControlInAsync(string containerNamespace, params string[] arguments)
    {
        var (code, output) = await Programs.RunAsync("ctr", ["--address", Address, "--namespace", containerNamespace, .. arguments]);
        return code == 0 ? output : throw new InvalidOperationException($"ctr {string.Join(' ', arguments)}: {output}{Chatter()}");
    }

    /// <summary>Gives a namespace the images.</summary>
    public Task ImportAsync(string containerNamespace) => ControlInAsync(containerNamespace, "images", "import", "--no-unpack", Archive);

    public async ValueTask DisposeAsync()
    {
        if (_process is null)
            return;
        foreach (var id in (await ControlAsync("tasks", "list", "--quiet")).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            await Programs.RunAsync("ctr", "--address", Address, "--namespace", Namespace, "tasks", "delete", "--force", id);
        await Programs.RunAsync("kill", $"{_process.Id}");
        await _process.WaitForExitAsync().WaitAsync(_net);
        _process.Dispose();
        await EndShimsAsync();
        foreach (var mount in Mounts())
            await Programs.RunAsync("umount", "--lazy", mount);
        _home!.Delete(recursive: true);
        foreach (var empty in LeftByRunc())
            Directory.Delete(empty);
        _starting.Dispose();
    }

    private async Task StartAsync()
    {
        _home = Directory.CreateTempSubdirectory("ctd-");
        var configuration = Path.Combine(_home.FullName, "config.toml");
        await File.WriteAllTextAsync(configuration, $"""
            version = 2
            root = "{_home.FullName}/root"
            state = "{_home.FullName}/state"
            disabled_plugins = ["io.containerd.grpc.v1.cri"]
            [grpc]
              address = "{Address}"
            """);
        _process = Programs.Start("containerd", "--config", configuration);
        _process.OutputDataReceived += (_, line) => Note(line.Data);
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await AnswersAsync();
        BusyboxImage.Save(Archive, (BusyboxImage.Usual, [Busybox, Influxdb]), (BusyboxImage.Httpd, [Httpd]), (BusyboxImage.Particular, [Particular]));
        await ImportAsync(Namespace);
    }

    private async Task AnswersAsync()
    {
        for (var start = RealTime.Provider.GetTimestamp(); ;)
        {
            try
            {
                await using var engine = await ConnectAsync(Path.Combine(_home!.FullName, "probe"));
                return;
            }
            catch (EngineException e) when (RealTime.Provider.GetElapsedTime(start) < _net && !_process!.HasExited)
            {
                Note(e.Message);
                await Task.Delay(_pause, RealTime.Provider);
            }
            catch (EngineException e)
            {
                throw new InvalidOperationException(e.Message + Chatter(), e);
            }
        }
    }

    /// <summary>Those of this containerd, which are known by its address.</summary>
    private async Task EndShimsAsync()
    {
        foreach (var process in Process.GetProcesses())
        {
            using (process)
            {
                if (process.ProcessName.StartsWith("containerd-shim", StringComparison.Ordinal) && (await File.ReadAllTextAsync($"/proc/{process.Id}/cmdline")).Contains(Address, StringComparison.Ordinal))
                    process.Kill();
            }
        }
    }

    private IEnumerable<string> Mounts() =>
        File.ReadAllLines("/proc/self/mounts").Select(line => line.Split(' ')[1]).Where(path => path.StartsWith(_home!.FullName, StringComparison.Ordinal)).Reverse();

    /// <summary>The namespace's directories outside of our own, where runc makes some for each container.</summary>
    private static IEnumerable<string> LeftByRunc() =>
        Directory.GetDirectories("/sys/fs/cgroup").Append("/sys/fs/cgroup").Append("/run/containerd/runc")
            .Where(Directory.Exists).SelectMany(parent => Directory.GetDirectories(parent, $"{Namespace}*"));

    private void Note(string? line)
    {
        lock (_chatter)
            _chatter.Add(line ?? "");
    }

    private string Chatter()
    {
        lock (_chatter)
            return $"\ncontainerd said:\n{string.Join('\n', _chatter.TakeLast(30))}";
    }
}
