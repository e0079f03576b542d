using Leda.Harness.Protocol.Messaging;

namespace Leda.Harness.Protocol.Tests.Messaging;

/// <summary>Waits for what must come, with a limit that only a broken build reaches.</summary>
public static class Patience
{
    public static TimeSpan Span { get; } = TimeSpan.FromSeconds(30);

    /// <summary>The machine's clock; tests of sockets run on it.</summary>
#pragma warning disable RS0030 // the one place where these tests take it
    public static TimeProvider Clock { get; } = TimeProvider.System;
#pragma warning restore RS0030

    /// <summary>The next event of this kind; others before it are passed over.</summary>
    public static async Task<T> NextAsync<T>(this IMessageBus bus)
        where T : BusEvent
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Span);
        while (true)
        {
            if (await bus.Events.ReadAsync(limit.Token) is T wanted)
                return wanted;
        }
    }

    /// <summary>The next message.</summary>
    public static async Task<BusMessage> NextMessageAsync(this IMessageBus bus) => (await bus.NextAsync<BusEvent.Received>()).Message;

    /// <summary>The texts of the next messages, up to and without the marker, which proves that no more came before it.</summary>
    public static async Task<List<string>> TextsUntilAsync(this IMessageBus bus, string marker)
    {
        var texts = new List<string>();
        while (await bus.NextMessageAsync() is var message && message.Text != marker)
            texts.Add(message.Text);
        return texts;
    }
}
