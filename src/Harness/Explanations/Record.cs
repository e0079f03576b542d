using Leda.Harness.Protocol.Hono;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Simulator.Journal;

namespace Leda.Harness.Explanations;

/// <summary>What the journal tells about the time in which something did not happen.</summary>
internal sealed class Record
{
    /// <summary>So much of the end is looked at closely; what is further back does not explain what is missing now.</summary>
    private const int MostMessages = 2_000;

    /// <summary>Reads a journal.</summary>
    /// <param name="entries">All of it.</param>
    /// <param name="awaited">What was waited for.</param>
    public Record(IReadOnlyList<JournalEntry> entries, Awaited awaited)
    {
        All = entries;
        Awaited = awaited;
        Messages = [.. entries.Where(e => e.Sequence >= awaited.From).TakeLast(MostMessages).Select(PublishedMessage.Of).OfType<PublishedMessage>()];
        Commands =
        [
            .. Messages.Where(m => m.IsCommand && (awaited.CorrelationId is null || m.Envelope?.Headers.CorrelationId == awaited.CorrelationId))
                .Select(m => new SentCommand(m, m.Bus!.Value))
                .DistinctBy(c => (c.Bus.Device, c.Bus.RequestId, c.Bus.Subject, c.CorrelationId)),
        ];
        Asked = [.. Commands.Where(c => c.IsAnswerTo(awaited))];
    }

    /// <summary>Everything, from the beginning of the journal.</summary>
    public IReadOnlyList<JournalEntry> All { get; }

    /// <summary>What was waited for.</summary>
    public Awaited Awaited { get; }

    /// <summary>The messages since waiting began.</summary>
    public IReadOnlyList<PublishedMessage> Messages { get; }

    /// <summary>The commands among them, each once.</summary>
    public IReadOnlyList<SentCommand> Commands { get; }

    /// <summary>Those of them whose answer was waited for.</summary>
    public IReadOnlyList<SentCommand> Asked { get; }

    /// <summary>Whether the beginning was not forgotten, so that it can be said what never happened.</summary>
    public bool IsWhole => All.Count > 0 && All[0].Sequence == 0;

    /// <summary>Whether the journal tells subscriptions and connections, as only that of a broker can.</summary>
    public bool SeesTheBroker => All.Any(e => e.Kind == JournalKind.Subscribe);

    /// <summary>Whether it is the question who it is that a device was to ask: that needs nobody else.</summary>
    public bool IsAboutAsking => Awaited.Matches(new JournalEntry
    {
        At = default,
        Kind = JournalKind.Publish,
        Who = Guid.Empty.ToString("D"),
        Topic = EdgeTopics.ThingRequest,
    });

    /// <summary>Who was subscribed to what at a place of the journal.</summary>
    public IReadOnlyList<JournalEntry> SubscriptionsAt(long place)
    {
        var open = new Dictionary<(string Who, string Filter), JournalEntry>();
        foreach (var entry in All.TakeWhile(e => e.Sequence <= place))
        {
            if (entry.Kind == JournalKind.Subscribe)
                open[(entry.Who, entry.Topic)] = entry;
            else if (entry.Kind == JournalKind.Unsubscribe)
                open.Remove((entry.Who, entry.Topic));
            else if (entry.Kind == JournalKind.Disconnect)
                open = open.Where(s => s.Key.Who != entry.Who).ToDictionary();
        }

        return [.. open.Values.OrderBy(e => e.Sequence)];
    }

    /// <summary>Whether a subscription takes the commands on a topic, in either form, as a device would: watching everything does not count.</summary>
    public static bool Takes(JournalEntry subscription, DeviceTopic command) =>
        IsForCommands(subscription.Topic) && TopicFilter.TryParse(subscription.Topic, out var filter, out _)
        && (filter.Matches(command.ToString()) || filter.Matches(command.Short().ToString()) || filter.Matches(Long(command).ToString()));

    private static DeviceTopic Long(DeviceTopic command) =>
        command.Tenant.Length == 0 ? DeviceTopic.Command(command.Device, command.RequestId, command.Subject) : command;

    /// <summary>Whether a filter is one for commands to devices.</summary>
    public static bool IsForCommands(string filter) => filter.Split('/') is ["command", _, _, "req", ..] or ["c", _, _, "q", ..];
}
