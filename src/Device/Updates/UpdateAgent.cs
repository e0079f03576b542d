using Leda.Harness.Device.Containers;
using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Protocol.Updates;

namespace Leda.Harness.Device.Updates;

/// <summary>
/// The update agent: brings the device's containers to a desired state, in steps that an update manager commands
/// (<c>kanto-container-management.md</c> 3.5). It has a connection of its own. Desired states and commands are carried out one at a time;
/// the inventory is told at once, also while something is being done.
/// </summary>
internal sealed class UpdateAgent : IAsyncDisposable
{
    /// <summary>How much feedback waits for the next connection.</summary>
    private const int MostUnsaid = 1000;

    private readonly UpdateAgentOptions _options;
    private readonly ContainerManager _containers;
    private readonly TimeProvider _time;
    private readonly Action<string> _log;
    private readonly UpdateTopics _topics;
    private readonly InventoryReport _inventory;
    private readonly UpdateWork _work;
    private readonly Queue<BusMessage> _unsaid = new();
    private readonly Mailbox _mailbox;
    private readonly BusListener _listener;
    private UpdateActivity? _activity;

    public UpdateAgent(UpdateAgentOptions options, IMessageBus bus, ContainerManager containers, TimeProvider time, Action<string> log)
    {
        _options = options;
        Bus = bus;
        _containers = containers;
        _time = time;
        _log = line => log($"update agent: {line}");
        _topics = UpdateTopics.Of(options.Domain);
        _inventory = new InventoryReport(options);
        _work = new UpdateWork(containers);
        _mailbox = new Mailbox(_log);
        _listener = new BusListener(bus, TakeAsync, UnsubscribeAsync, _log);
    }

    /// <summary>Its connection.</summary>
    public IMessageBus Bus { get; }

    /// <summary>From now on nothing that arrives has an effect.</summary>
    public void StopListening() => _listener.Stop();

    /// <summary>Waits for the work at hand.</summary>
    public ValueTask FinishAsync() => _mailbox.DisposeAsync();

    /// <summary>Leaves the bus in good order.</summary>
    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task UnsubscribeAsync()
    {
        await Bus.UnsubscribeAsync(_topics.DesiredState);
        await Bus.UnsubscribeAsync(_topics.Command);
        await Bus.UnsubscribeAsync(_topics.CurrentStateGet);
    }

    private Task TakeAsync(BusEvent happened) => happened switch
    {
        BusEvent.Connected => IntroduceAsync(),
        BusEvent.Received { Message: var message } => TakeAsync(message),
        _ => Task.CompletedTask,
    };

    /// <summary>Listens first, so that whoever sees the inventory is heard; then says what is left from before.</summary>
    private async Task IntroduceAsync()
    {
        await Bus.SubscribeAsync(_topics.DesiredState);
        await Bus.SubscribeAsync(_topics.Command);
        await Bus.SubscribeAsync(_topics.CurrentStateGet);
        await ReportAsync($"initial-current-state-{_time.GetUtcNow().ToUnixTimeMilliseconds()}");
        await _mailbox.PostAsync(SayUnsaidAsync);
    }

    private async Task TakeAsync(BusMessage message)
    {
        string? problem = null;
        if (message.Topic == _topics.DesiredState)
        {
            if (UpdateEnvelope.TryParse(message.Payload.Span, UpdatesJson.Default.DesiredState, out var envelope, out var state, out problem))
                await PostAsync(() => ApplyAsync(envelope.ActivityId ?? "", state));
        }
        else if (message.Topic == _topics.Command)
        {
            if (UpdateEnvelope.TryParse(message.Payload.Span, UpdatesJson.Default.DesiredStateCommand, out var envelope, out var command, out problem))
                await PostAsync(() => CommandAsync(envelope.ActivityId ?? "", command ?? new DesiredStateCommand()));
        }
        else if (message.Topic == _topics.CurrentStateGet)
        {
            if (UpdateEnvelope.TryParse(message.Payload.Span, out var envelope, out problem))
                await ReportAsync(envelope.ActivityId ?? "");
        }

        if (problem is not null)
            _log($"ignored, on {message.Topic}: {problem}");
    }

    private ValueTask PostAsync(Func<Task> work) => _mailbox.PostAsync(() => _listener.IsStopping ? Task.CompletedTask : work());

    private Task ReportAsync(string activityId) => Bus.PublishAsync(new BusMessage(
        _topics.CurrentState,
        UpdateEnvelope.ToUtf8(activityId, _time.GetUtcNow(), _inventory.Of(_containers.Containers), UpdatesJson.Default.Inventory),
        Retain: true));

    private async Task ApplyAsync(string activityId, DesiredState? state)
    {
        if (!DesiredContainers.TryRead(state, _options, _containers.Check, _log, out var desired, out var problem))
        {
            _log($"{activityId}: the desired state is refused: {problem}");
            await SayAsync(activityId, new DesiredStateFeedback { Status = UpdateStatus.IdentificationFailed, Message = problem });
            return;
        }

        if (_activity is { } left)
            _log($"{left.Id}: given up, {activityId} takes its place");
        _activity = null;
        await SayAsync(activityId, new DesiredStateFeedback { Status = UpdateStatus.Identifying });
        var plan = UpdatePlan.Make(desired, _containers.Containers, _options.Domain);
        _log($"{activityId}{(_options.DryRun ? " (dry run)" : "")}: {plan.Actions.Count} actions");
        foreach (var line in plan.ToString().Split('\n'))
            _log($"{activityId}: {line}");
        var activity = new UpdateActivity(activityId, plan, _work, SayAsync, _log);
        await activity.SayAsync(UpdateStatus.Identified);
        if (_options.DryRun)
            await activity.SayAsync(UpdateStatus.Completed, "dry run: nothing was done");
        else if (plan.Actions.Count == 0)
            await activity.SayAsync(UpdateStatus.Completed);
        else
            _activity = activity;
    }

    private async Task CommandAsync(string activityId, DesiredStateCommand command)
    {
        if (_activity is not { } activity || activity.Id != activityId)
        {
            _log($"{activityId}: ignored, {command.Command} for {(_activity is null ? "nothing that is in progress" : $"another activity than {_activity.Id}")}");
            return;
        }

        await activity.ExecuteAsync(command);
        if (activity.IsOver)
            _activity = null;
    }

    /// <summary>Says it now, or after the next connection, in order.</summary>
    private Task SayAsync(string activityId, DesiredStateFeedback feedback)
    {
        if (_unsaid.Count == MostUnsaid)
            _log($"too much to say, left out: {_unsaid.Dequeue().Text}");
        _unsaid.Enqueue(new BusMessage(
            _topics.Feedback, UpdateEnvelope.ToUtf8(activityId, _time.GetUtcNow(), feedback, UpdatesJson.Default.DesiredStateFeedback)));
        return SayUnsaidAsync();
    }

    private async Task SayUnsaidAsync()
    {
        try
        {
            for (; _unsaid.TryPeek(out var next); _unsaid.Dequeue())
                await Bus.PublishAsync(next);
        }
        catch (BusException e)
        {
            _log($"{_unsaid.Count} messages wait for the next connection: {e.Message}");
        }
    }
}
