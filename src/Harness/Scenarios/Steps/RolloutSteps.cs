using Leda.Harness.Protocol.HawkBit;
using Reqnroll;

namespace Leda.Harness.Scenarios.Steps;

/// <summary>What the device tells while it installs and removes software.</summary>
[Binding]
internal sealed class RolloutSteps(World world, Rollout rollout)
{
    [Then("^the (?:installation|removal) reports (.+)$")]
    public async Task ThenItReports(string statuses)
    {
        var expected = statuses.Split([", ", " and "], StringSplitOptions.None);
        var seen = new List<string>();
        await world.ExpectAsync($"the statuses {statuses}", e =>
        {
            if (rollout.LastOperation(e) is { } operation)
                seen.Add(operation.Status);
            return seen.Count == expected.Length;
        });
        Check.Equal(string.Join(", ", expected), string.Join(", ", seen), "the statuses");
    }

    [Then("the installation tells of the modules")]
    public async Task ThenTheInstallationTells(DataTable expected)
    {
        var wanted = expected.Rows.SelectMany(row => row["statuses"].Split(", ").Select(status => $"{row["module"]} {status}")).ToList();
        var seen = new List<string>();
        await world.ExpectAsync($"{wanted.Count} statuses of the installation", e =>
        {
            if (rollout.LastOperation(e) is { } operation)
                seen.Add($"{operation.SoftwareModule!.Name} {operation.Status}");
            return seen.Count == wanted.Count;
        });
        Check.Equal(string.Join("\n", wanted), string.Join("\n", seen), "the statuses");
    }

    [Then("(after that )the installation has downloaded {int} percent")]
    public Task ThenItHasDownloaded(int percent) => world.ExpectAsync(
        $"{percent} percent of the installation", e => rollout.LastOperation(e) is { Status: SoftwareStatus.Downloading } operation && operation.Progress == percent);

    [Then("the removal tells of")]
    public async Task ThenTheRemovalReports(DataTable expected)
    {
        var seen = new List<string>();
        await world.ExpectAsync($"{expected.RowCount} statuses of the removal", e =>
        {
            if (rollout.LastOperation(e) is { } operation)
                seen.Add($"{operation.Status} {string.Join(", ", operation.Software!.Select(s => s.Name))}");
            return seen.Count == expected.RowCount;
        });
        var wanted = expected.Rows.Select(r => $"{r["status"]} {string.Join(", ", r["software"].Split(", ").Select(n => world.FindContainer(n) ?? n))}");
        Check.Equal(string.Join("\n", wanted), string.Join("\n", seen), "the statuses");
    }

    /// <summary>The failure itself, and right after it the same as the last operation.</summary>
    [Then("""^the (?:installation|removal) fails with (\w+), saying "(.*)"$""")]
    public async Task ThenItFails(string status, string message)
    {
        var failure = await world.ExpectAsync(
            $"a failure {status} that says {message}",
            e => rollout.LastFailedOperation(e) is { } failed && failed.Status == status
                && (failed.Message ?? "").Contains(message, StringComparison.Ordinal));
        world.From = failure.Sequence + 1;
        var next = await world.ExpectAsync("the next status", e => rollout.LastOperation(e) is not null || rollout.LastFailedOperation(e) is not null);
        Check.Equal(true, rollout.LastOperation(next) is not null, "that a last operation follows the failure");
        Check.Equal($"{failure.Envelope()!.Value}", $"{next.Envelope()!.Value}", "the last operation");
    }

    [Then("^the (?:installation|removal) fails with (\\w+)$")]
    public Task ThenItFails(string status) => ThenItFails(status, "");

    [Then("the failure names no reason")]
    public void ThenTheFailureNamesNoReason() =>
        Check.Equal(false, world.Found!.Envelope()!.Value!.Value.TryGetProperty("message", out _), "that there is a message");

    [Then("(after that )the rollout ends with {word}")]
    public Task ThenTheRolloutEndsWith(string status) =>
        world.ExpectAsync($"the last operation to be {status}", e => rollout.LastOperation(e)?.Status == status);

    [Then("nothing more is told of the rollout for {int} milliseconds")]
    public Task ThenNothingMoreIsTold(int milliseconds) => world.ExpectNothingAsync(
        "a status of the rollout", e => rollout.LastOperation(e) is not null || rollout.LastFailedOperation(e) is not null, TimeSpan.FromMilliseconds(milliseconds));
}
