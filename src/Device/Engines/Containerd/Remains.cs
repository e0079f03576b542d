using System.ComponentModel;
using System.Diagnostics;

namespace Leda.Harness.Device.Engines.Containerd;

/// <summary>
/// What runc has of a container although containerd has no task for it. Should the device be killed while containerd makes a task,
/// containerd gives up and forgets it, but the process that runc has made waits for its start forever and bars the next one.
/// </summary>
/// <param name="containerNamespace">containerd's namespace.</param>
/// <param name="log">For people.</param>
internal sealed class Remains(string containerNamespace, Action<string> log)
{
    private const string Runc = "runc";

    /// <summary>Where containerd's shim lets runc keep what it knows.</summary>
    private readonly string _root = Path.Combine("/run/containerd/runc", containerNamespace);

    /// <summary>Lets runc end and forget it. To be asked only if containerd has no task.</summary>
    public async Task EndAsync(string id, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(Path.Combine(_root, id)))
            return;
        log($"container {id} was being started when the device was killed; runc forgets that");
        try
        {
            using var runc = Process.Start(new ProcessStartInfo(Runc, ["--root", _root, "delete", "--force", id]) { UseShellExecute = false, RedirectStandardError = true })!;
            var problem = await runc.StandardError.ReadToEndAsync(cancellationToken);
            await runc.WaitForExitAsync(cancellationToken);
            if (runc.ExitCode != 0)
                log($"runc keeps what is left of container {id}: {problem.Trim()}");
        }
        catch (Win32Exception e)
        {
            log($"what is left of container {id} stays, for runc cannot be run: {e.Message}");
        }
    }
}
