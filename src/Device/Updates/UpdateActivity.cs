using System.Threading.Channels;
using Leda.Harness.Protocol.Updates;

namespace Leda.Harness.Device.Updates;

/// <summary>
/// One desired state on its way, from the moment in which it was identified to its end (<c>kanto-container-management.md</c> 3.5). Each
/// baseline has a status of its own, and so has everything together (<c>*</c>).
/// </summary>
/// <param name="id">What ties its messages together.</param>
/// <param name="plan">What has to be done.</param>
/// <param name="work">Does it.</param>
/// <param name="say">Tells how far it is.</param>
/// <param name="log">For people.</param>
internal sealed class UpdateActivity(
    string id, UpdatePlan plan, UpdateWork work, Func<string, DesiredStateFeedback, Task> say, Action<string> log)
{
    private readonly Dictionary<string, Course> _baselines =
        plan.Baselines.ToDictionary(b => b.Key, b => new Course(b.Value), StringComparer.Ordinal);

    private readonly Course _all = new(plan.Actions);
    private bool _incomplete;

    /// <summary>What ties its messages together.</summary>
    public string Id => id;

    /// <summary>Whether its end was told, so that no command can follow.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Tells a status of the whole; <paramref name="message"/> only if something is wrong.</summary>
    public Task SayAsync(string status, string? message = null, string? baseline = null) => say(id, new DesiredStateFeedback
    {
        Baseline = string.IsNullOrEmpty(baseline) ? null : baseline,
        Status = status,
        Message = message,
        Actions = plan.Actions.Count == 0 ? null : [.. plan.Actions.Select(a => a.ToFeedback())],
    });

    /// <summary>Carries out a command, or says why not. Unknown ones are ignored.</summary>
    public async Task ExecuteAsync(DesiredStateCommand command)
    {
        var isAll = command.Baseline is null or "" or "*";
        if (UpdatePhase.Of(command.Command) is not { } phase)
            log($"{id}: ignored, there is no command '{command.Command}'");
        else if ((isAll ? _all : _baselines.GetValueOrDefault(command.Baseline!)) is not { } course)
            await SayAsync(phase.Failure, $"there is no baseline '{command.Baseline}'", command.Baseline);
        else if (phase.Refuse(course.Status) is { } refusal)
            await SayAsync(phase.Failure, refusal, command.Baseline);
        else if (phase == UpdatePhase.Cleanup)
            await CleanUpAsync(course, command.Baseline, isAll);
        else if (phase == UpdatePhase.Rollback)
            await RollbackAsync(course, command.Baseline);
        else
            await AdvanceAsync(phase, course, command.Baseline);
    }

    /// <summary>One action after the other; the first that fails ends it.</summary>
    private async Task AdvanceAsync(UpdatePhase phase, Course course, string? baseline)
    {
        course.Status = phase.Success;
        foreach (var action in course.Of(phase))
        {
            action.Begin(phase.Doing);
            await SayAsync(phase.Doing, baseline: baseline);
            var (succeeded, message) = await TryAsync(action, WorkOf(phase));
            action.Finish(succeeded ? phase.Success : phase.Failure, message);
            if (!succeeded)
            {
                course.Status = phase.Failure;
                break;
            }
        }

        await SayAsync(course.Status, baseline: baseline);
    }

    /// <summary>Whatever fails, the rest is brought back. The update of an action that was rolled back has failed.</summary>
    private async Task RollbackAsync(Course course, string? baseline)
    {
        var phase = UpdatePhase.Rollback;
        course.Status = phase.Success;
        foreach (var action in course.Of(phase).Where(a => a.Kind != UpdateActionKind.Destroy || a.StoppedCurrent))
        {
            action.Begin(UpdateStatus.Updating);
            await SayAsync(phase.Doing, baseline: baseline);
            var (succeeded, message) = await TryAsync(action, work.RollbackAsync);
            action.Finish(UpdateStatus.UpdateFailure, message);
            if (!succeeded)
                course.Status = phase.Failure;
        }

        await SayAsync(course.Status, baseline: baseline);
    }

    /// <summary>Old containers go where the new ones run; anything else is left as it is, and makes the whole incomplete.</summary>
    private async Task CleanUpAsync(Course course, string? baseline, bool isAll)
    {
        var phase = UpdatePhase.Cleanup;
        var result = phase.Success;
        var isActive = course.Status == UpdateStatus.ActivationSuccess;
        foreach (var action in isActive ? course.Of(phase) : [])
        {
            var (succeeded, message) = await TryAsync(action, work.CleanUpAsync);
            if (!succeeded)
                result = phase.Failure;
            if (action.Kind == UpdateActionKind.Destroy)
                action.Finish(succeeded ? UpdateActionStatus.RemovalSuccess : UpdateActionStatus.RemovalFailure, message);
        }

        _incomplete |= (!isActive && course.HasActions) || result == phase.Failure;
        if (isAll)
            _baselines.Clear();
        else
            _baselines.Remove(baseline!);
        await SayAsync(result, baseline: baseline);
        if (_baselines.Count > 0)
            return;
        IsOver = true;
        await SayAsync(_incomplete ? UpdateStatus.Incomplete : UpdateStatus.Completed);
    }

    /// <summary>Does a step; what was done, or why it failed.</summary>
    private async Task<(bool Succeeded, string Message)> TryAsync(UpdateAction action, Func<UpdateAction, Task<string>> step)
    {
        try
        {
            return (true, await step(action));
        }
        catch (Exception e) // Whatever it is, the cloud has to learn that this step failed.
        {
            var why = e is ChannelClosedException or OperationCanceledException ? "the device is stopping" : e.Message;
            log($"{id}: {action.Component.Id} failed: {why}");
            return (false, why);
        }
    }

    private Func<UpdateAction, Task<string>> WorkOf(UpdatePhase phase) =>
        phase == UpdatePhase.Download ? work.DownloadAsync
        : phase == UpdatePhase.Update ? work.UpdateAsync
        : work.ActivateAsync;

    /// <summary>How far the actions of one baseline, or all of them, are.</summary>
    private sealed class Course(IReadOnlyList<UpdateAction> actions)
    {
        public string Status { get; set; } = UpdateStatus.Identified;

        public bool HasActions => actions.Count > 0;

        public IEnumerable<UpdateAction> Of(UpdatePhase phase) => actions.Where(a => phase.Concerns.Contains(a.Kind));
    }
}
