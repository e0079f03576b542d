using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Simulator.Coverage;
using Leda.Harness.Simulator.Journal;

namespace Leda.Harness.Conformance;

/// <summary>Plays a profile's requirements against a device, one after the other.</summary>
internal sealed class ConformanceRun(ConformanceProfile profile, DeviceUnderTest device, TimeProvider time)
{
    private readonly Dictionary<string, RequirementResult> _results = [];

    /// <summary>Told of each result as it comes.</summary>
    public Action<RequirementResult> Show { get; init; } = _ => { };

    /// <summary>Takes which part of the protocol is exercised; <see langword="null"/> if nobody wants to know.</summary>
    public ProtocolCoverage? Coverage { get; init; }

    /// <summary>Where the device was reached, for people.</summary>
    public string Where { get; init; } = "";

    /// <summary>Waits for the device, plays, and cleans up behind itself.</summary>
    /// <exception cref="NoDeviceException">None registers in time.</exception>
    public async Task<ConformanceReport> PlayAsync()
    {
        var (started, begun) = (time.GetUtcNow(), time.GetTimestamp());
        await profile.AttachAsync(device);
        try
        {
            foreach (var requirement in profile.Requirements.Where(IsWanted))
                Add(await TryAsync(requirement));
            foreach (var (id, reason) in new SameDefects(profile.Requirements, _results.Values).Find())
                Amend(_results[id] with { Outcome = Outcome.NotApplicable, Reason = reason });
            if (device.Options.Only.Count == 0)
            {
                await device.Record.SettleAsync();
                new UnnamedFindings(profile.Requirements, [.. _results.Values], device).Results.ForEach(Add);
            }
        }
        catch (OperationCanceledException) when (device.Interrupted.IsCancellationRequested)
        {
            // The report says so.
        }

        await CleanUpAsync();
        return new ConformanceReport(device.Options.Identity, profile.Name, Where, started, [.. _results.Values])
        {
            Took = time.GetElapsedTime(begun),
            Coverage = await CoverAsync(),
            IsInterrupted = device.Interrupted.IsCancellationRequested,
        };
    }

    private bool IsWanted(Requirement requirement) => device.Options.Only.Count == 0
        || device.Options.Only.Any(start => requirement.Id.StartsWith(start, StringComparison.OrdinalIgnoreCase));

    private void Add(RequirementResult result)
    {
        _results.Add(result.Id, result);
        Show(result);
    }

    private void Amend(RequirementResult result)
    {
        _results[result.Id] = result;
        Show(result);
    }

    private async Task<RequirementResult> TryAsync(Requirement requirement)
    {
        var result = new RequirementResult(requirement.Id, requirement.Sentence, requirement.Source, Outcome.Passed);
        if (ReasonNotTo(requirement) is { } reason)
            return result with { Outcome = Outcome.NotApplicable, Reason = reason };
        var begun = time.GetTimestamp();
        var trial = new Trial(device);
        try
        {
            await requirement.Play(trial);
        }
        catch (NotMetException e)
        {
            result = result with
            {
                Outcome = Outcome.Failed,
                Expected = e.Expected,
                Seen = e.Seen,
                Kind = e.Kind,
                Wrong = e.Wrong.Select(w => w.Sequence).ToHashSet(),
                Why = e.Wrong.Count > 0 ? [] : trial.Explain(),
            };
        }
        catch (NotApplicableException e)
        {
            result = result with { Outcome = Outcome.NotApplicable, Reason = e.Message };
        }
        catch (BusException e)
        {
            result = result with { Outcome = Outcome.NotApplicable, Reason = $"the broker could not be reached: {e.Message}" };
        }

        return result with { Evidence = trial.Evidence, Took = time.GetElapsedTime(begun) };
    }

    private string? ReasonNotTo(Requirement requirement)
    {
        if (requirement.IsDestructive && !device.Options.Destructive)
            return "it changes the device: allow it with --destructive";
        if (requirement.NeedsTheBroker && !device.Options.SeesTheBroker)
            return "a client of somebody else's broker cannot see this: use --embedded";
        var refuted = requirement.Needs.Select(_results.GetValueOrDefault).FirstOrDefault(r => r is { Outcome: not Outcome.Passed });
        return refuted is null ? null : $"because {refuted.Id} {(refuted.Outcome == Outcome.Failed ? "failed" : "is not applicable")}";
    }

    private async Task<CoverageReport?> CoverAsync()
    {
        await device.Record.SettleAsync();
        foreach (var entry in device.Record.Snapshot().Where(e => e.Kind == JournalKind.Publish))
            Coverage?.Take(entry.Topic, entry.Payload, entry.Judgement.Verdict);
        return Coverage?.Report;
    }

    private async Task CleanUpAsync()
    {
        if (device.Interrupted.IsCancellationRequested)
            return;
        foreach (var container in device.Made.ToList())
            await device.InvokeAsync(ContainerFeature.Id(container), "remove", "true");
    }
}
