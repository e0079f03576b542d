using System.Threading.Channels;
using Leda.Harness.Protocol;

namespace Leda.Harness.Device;

/// <summary>
/// The owner of one piece of state: what is posted here runs one after the other, in order (architecture rule 2). Who posts to a full
/// mailbox waits. Work must not ask its own mailbox: it would wait for itself.
/// </summary>
internal sealed class Mailbox : IAsyncDisposable
{
    private const int Bound = 1024;

    private readonly Channel<Func<Task>> _work =
        Channel.CreateBounded<Func<Task>>(new BoundedChannelOptions(Bound) { SingleReader = true });

    private readonly Action<string> _log;
    private readonly Task _loop;

    /// <param name="log">Told when posted work fails, since nobody waits for it.</param>
    public Mailbox(Action<string> log)
    {
        _log = log;
        _loop = _work.Reader.ForEachAsync(DoAsync);
    }

    /// <summary>Leaves work behind; returns as soon as there is room. After <see cref="DisposeAsync"/> it is not done, which is logged.</summary>
    public async ValueTask PostAsync(Func<Task> work)
    {
        try
        {
            await _work.Writer.WriteAsync(work);
        }
        catch (ChannelClosedException)
        {
            _log("the device is stopping: work that came too late is not done");
        }
    }

    /// <summary>Leaves work behind and waits for its result, or its exception.</summary>
    /// <exception cref="ChannelClosedException">The mailbox is closed.</exception>
    public async Task<T> AskAsync<T>(Func<Task<T>> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _work.Writer.WriteAsync(async () =>
        {
            try
            {
                done.SetResult(await work());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        });
        return await done.Task;
    }

    /// <inheritdoc cref="AskAsync{T}"/>
    public Task AskAsync(Func<Task> work) => AskAsync(async () =>
    {
        await work();
        return true;
    });

    /// <summary>Takes no more work and waits until what was taken is done.</summary>
    public async ValueTask DisposeAsync()
    {
        _work.Writer.TryComplete();
        await _loop;
    }

    private async ValueTask DoAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e)
        {
            _log($"unexpected, please report: {e}");
        }
    }
}
