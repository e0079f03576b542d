using System.Threading.Channels;

namespace Leda.Harness.Protocol;

/// <summary>The loop of an owner of state: one item at a time until the channel is completed.</summary>
public static class ChannelLoop
{
    /// <summary>Hands each item to <paramref name="handle"/> and waits for it before the next.</summary>
    /// <remarks>Unlike <c>ReadAllAsync</c> it stays on the caller's <see cref="SynchronizationContext"/>; that one goes on
    /// through the thread pool, which a virtual clock cannot see.</remarks>
    public static async Task ForEachAsync<T>(this ChannelReader<T> reader, Func<T, ValueTask> handle)
    {
        while (await reader.WaitToReadAsync())
        {
            while (reader.TryRead(out var item))
                await handle(item);
        }
    }
}
