using System.Diagnostics.CodeAnalysis;
using Leda.Harness.Explanations;
using Leda.Harness.Simulator.Journal;

namespace Leda.Harness.Conformance;

/// <summary>One requirement being tried: it collects what was looked at, and says when something is not as it should be.</summary>
internal sealed class Trial(DeviceUnderTest device)
{
    /// <summary>How many messages are shown of one requirement at most.</summary>
    private const int MostEvidence = 60;

    private readonly SortedDictionary<long, JournalEntry> _evidence = [];
    private readonly List<Scene> _scenes = [];

    /// <summary>The device.</summary>
    public DeviceUnderTest Device => device;

    /// <summary>What was looked at, in its order.</summary>
    public IReadOnlyList<JournalEntry> Evidence => [.. _evidence.Values.TakeLast(MostEvidence)];

    /// <summary>Why what was looked for in vain did not come.</summary>
    public IReadOnlyList<Explanation> Explain() => device.Explain(from => _scenes.Any(s => s.From <= from && from < s.To));

    /// <summary>Plays something, unless it was played before, and looks at it.</summary>
    public async Task<T> SeeAsync<T>(Act<T> act)
        where T : Scene
    {
        var scene = await device.SeeAsync(act);
        _scenes.Add(scene);
        foreach (var entry in device.Record.Snapshot(scene.From).TakeWhile(e => e.Sequence < scene.To))
            _evidence[entry.Sequence] = entry;
        return scene;
    }

    /// <summary>Looks at a message.</summary>
    public void Look(DeviceMessage message) => _evidence[message.Entry.Sequence] = message.Entry;

    /// <summary>Demands something.</summary>
    public static void Expect([DoesNotReturnIf(false)] bool holds, string expected, string seen, params IReadOnlyList<JournalEntry> wrong) =>
        Expect(holds, expected, seen, wrong, "");

    /// <summary>Demands something; failures of one kind are one defect, however many requirements find it.</summary>
    public static void Expect([DoesNotReturnIf(false)] bool holds, string expected, string seen, IReadOnlyList<JournalEntry> wrong, string kind)
    {
        if (!holds)
            throw new NotMetException(expected, seen, wrong, kind);
    }

    /// <summary>Demands that a message was seen.</summary>
    public static DeviceMessage ExpectSeen(DeviceMessage? message, string expected, string seen = "nothing of the kind", string kind = "") =>
        message ?? throw new NotMetException(expected, seen, [], kind);

    /// <summary>Demands the status of an answer.</summary>
    public static void ExpectStatus(Exchange exchange, int status, string to) =>
        Expect(exchange.Status == status, $"the status {status} in answer to {to}", exchange.Seen, exchange.Wrong, exchange.Answer is null ? "no answer" : $"{exchange.Status} in place of {status}");

    /// <summary>Demands something of all messages of a kind, and shows each that is wrong.</summary>
    /// <param name="messages">All of the kind.</param>
    /// <param name="kind">What they are, for people.</param>
    /// <param name="expected">What each has to be.</param>
    /// <param name="fault">What is wrong with one; <see langword="null"/> if nothing.</param>
    public void ExpectAll(IEnumerable<DeviceMessage> messages, string kind, string expected, Func<DeviceMessage, string?> fault)
    {
        var all = messages.ToList();
        if (all.Count == 0)
            throw new NotApplicableException($"{kind}: none was seen");
        var wrong = all.Select(m => (Message: m, Fault: fault(m))).Where(f => f.Fault is not null).ToList();
        foreach (var (message, _) in wrong)
            Look(message);
        if (wrong.Count > 0)
        {
            var others = wrong.Count > 1 ? $"; {wrong.Count} messages like it of {all.Count}" : "";
            throw new NotMetException(expected, wrong[0].Fault + others, [.. wrong.Select(w => w.Message.Entry)]);
        }

        foreach (var message in all.Take(3))
            Look(message);
    }
}
