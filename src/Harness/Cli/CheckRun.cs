using Leda.Harness.Reports;
using Leda.Harness.Simulator.Coverage;
using Leda.Harness.Simulator.Referee;
using Leda.Harness.Simulator.Referee.Contract;
using Leda.Harness.Traffic;

namespace Leda.Harness.Cli;

/// <summary>One run of <c>check</c>: file after file, each message judged, shown and reported as it is read.</summary>
/// <param name="catalogue">The schemas.</param>
/// <param name="view">Shows it.</param>
/// <param name="junit">Takes it for CI servers.</param>
/// <param name="sarif">Takes it for code hosts.</param>
/// <param name="coverage">Takes which part of the protocol it exercises.</param>
/// <param name="isStrict">Whether warnings fail the check.</param>
internal sealed class CheckRun(SchemaCatalogue catalogue, CheckView view, JUnitReport? junit, SarifReport? sarif, ProtocolCoverage coverage, bool isStrict)
{
    private readonly MessageReferee _referee = new(catalogue);

    /// <summary>How many messages there were.</summary>
    public long Total { get; private set; }

    /// <summary>Whether the check has failed.</summary>
    public bool IsFailure { get; private set; }

    /// <summary>Checks one file.</summary>
    /// <param name="file">Its name, as the user wrote it.</param>
    /// <param name="input">Its text.</param>
    /// <param name="schema">What all of it is; <see langword="null"/> for messages.</param>
    /// <param name="cancellationToken">Ends it before its end.</param>
    /// <returns>Whether the end was reached.</returns>
    public async Task<bool> CheckAsync(string file, Stream input, string? schema, CancellationToken cancellationToken)
    {
        var tally = new CheckTally();
        var judge = new TrafficJudge(file, catalogue, _referee);
        var reader = new TrafficReader(schema, item => Take(item, judge, tally));
        coverage.Begin();
        var isWhole = await TrafficFile.ReadAsync(input, reader, view.Flush, cancellationToken);
        view.Conclude(file, tally);
        Total += tally.Total;
        return isWhole;
    }

    private void Take(TrafficItem read, TrafficJudge judge, CheckTally tally)
    {
        if (read is TrafficBeginning)
        {
            judge.Begin();
            coverage.Begin();
            return;
        }

        var item = judge.Judge(read);
        if (read is TrafficMessage { Message: var message })
            coverage.Take(message.Topic, message.Payload, item.Verdict);
        var isFailure = item.Verdict == Verdict.Error || (isStrict && item.Verdict == Verdict.Warning);
        IsFailure |= isFailure;
        tally.Add(item);
        view.Show(item);
        junit?.Add(CheckCases.Of(item, isFailure));
        sarif?.Add(item);
    }
}
