using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Leda.Harness.Device.Engines.Containerd.Network;

/// <summary>
/// Makes sockets in containers' networks. A socket belongs to the network that the thread is in which makes it, so one thread goes there
/// and back for each. It hands nothing over before it is back: threads that .NET starts are where the one is that needs them, and one of
/// the pool in a container's network would make the device's other connections there.
/// </summary>
internal sealed class SocketMaker : IDisposable
{
    private readonly BlockingCollection<Wish> _wishes = [];
    private readonly SafeFileHandle _home = NetworkOf("thread-self");
    private readonly Thread _thread;

    public SocketMaker()
    {
        _thread = new Thread(Run) { Name = "container sockets", IsBackground = true };
        _thread.Start();
    }

    /// <summary>The network that a process is in, for as long as the handle is open, whether the process lives or not.</summary>
    /// <exception cref="IOException">There is no such process.</exception>
    public static SafeFileHandle NetworkOf(string process)
    {
        var path = $"/proc/{process}/ns/net";
        return new SafeFileHandle(LibC.Check(LibC.Open(path, LibC.ReadOnly | LibC.CloseOnExec), path), ownsHandle: true);
    }

    /// <summary>A new socket for IPv4.</summary>
    /// <param name="network">The network that it is in.</param>
    /// <param name="kind">For TCP or UDP.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="ObjectDisposedException">The device ends.</exception>
    public Task<Socket> MakeAsync(SafeFileHandle network, SocketType kind)
    {
        var wish = new Wish(network, kind);
        try
        {
            _wishes.Add(wish);
        }
        catch (InvalidOperationException e)
        {
            throw new ObjectDisposedException(nameof(SocketMaker), e);
        }

        return wish.Made.Task;
    }

    public void Dispose()
    {
        _wishes.CompleteAdding();
        _thread.Join();
        _wishes.Dispose();
        _home.Dispose();
    }

    private void Run()
    {
        foreach (var wish in _wishes.GetConsumingEnumerable())
        {
            try
            {
                wish.Made.SetResult(Make(wish));
            }
            catch (Exception e)
            {
                wish.Made.SetException(e);
            }
        }
    }

    private Socket Make(Wish wish)
    {
        var held = false;
        try
        {
            wish.Network.DangerousAddRef(ref held);
            var (socket, error) = MakeThere((int)wish.Network.DangerousGetHandle(), wish.Kind == SocketType.Dgram ? LibC.Datagrams : LibC.Streams);
            return error == 0
                ? new Socket(new SafeSocketHandle(socket, ownsHandle: true))
                : throw new IOException($"no socket in the container's network: {Marshal.GetPInvokeErrorMessage(error).ToLowerInvariant()}");
        }
        finally
        {
            if (held)
                wish.Network.DangerousRelease();
        }
    }

    private (int Socket, int Error) MakeThere(int there, int kind)
    {
        if (LibC.EnterNamespace(there, LibC.NetworkNamespace) < 0)
            return (-1, Marshal.GetLastPInvokeError());
        var socket = LibC.MakeSocket(LibC.Internet, kind | LibC.CloseOnExec, 0);
        var error = socket < 0 ? Marshal.GetLastPInvokeError() : 0;
        while (LibC.EnterNamespace((int)_home.DangerousGetHandle(), LibC.NetworkNamespace) < 0)
            Thread.Yield(); // only memory can be missing
        return (socket, error);
    }

    private sealed record Wish(SafeFileHandle Network, SocketType Kind)
    {
        public TaskCompletionSource<Socket> Made { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
