using System.CommandLine;
using System.Security.Cryptography;
using Leda.Harness.Reports;
using Leda.Harness.Scenarios;
using Leda.Harness.Scenarios.Features;
using Leda.Harness.Scenarios.Running;
using Leda.Harness.Scenarios.Steps;
using Leda.Harness.Simulator.Coverage;
using Leda.Harness.Simulator.Journal;
using Leda.Harness.Simulator.Referee.Contract;

namespace Leda.Harness.Cli;

/// <summary><c>leda-harness run</c>: runs Gherkin scenarios and reports on them.</summary>
internal static class RunCommand
{
    public static Command Create(TimeProvider time)
    {
        var paths = new Argument<string[]>("paths")
        {
            Description = "Feature files, directories with them, or file:line for one scenario.",
            Arity = ArgumentArity.OneOrMore,
        };
        var tags = new Option<string?>("--tags") { Description = "Only scenarios whose tags match, for example '@slow and not @wip'." };
        var isVirtual = new Option<bool>("--virtual") { Description = "In memory, on one thread, under a virtual clock: waiting takes no time." };
        var seed = new Option<int?>("--seed")
        {
            Description = "What all ids are drawn from; a random one by default, shown at the end.",
            HelpName = "N",
            CustomParser = result => Numbers.Parse(result, 0, int.MaxValue),
        };
        var journal = new Option<string?>("--journal") { Description = "File to write the record of everything seen to, one JSON object a line." };
        var junit = new Option<string?>("--junit") { Description = "File to write a JUnit report to.", HelpName = "FILE" };
        var schemas = new SchemasOption();
        var coverage = new CoverageOption();
        var command = new Command("run", "Run scenarios, each in a world of its own.") { paths, tags, isVirtual, seed, journal, junit, schemas.Option };
        foreach (var option in coverage.All)
            command.Options.Add(option);
        command.Does((parsed, cancellation) => RunAsync(
            Load(parsed.GetValue(paths)!, parsed.GetValue(tags)),
            parsed.GetValue(seed) ?? RandomNumberGenerator.GetInt32(int.MaxValue),
            parsed.GetValue(isVirtual), parsed.GetValue(journal), parsed.GetValue(junit), schemas.Read(parsed),
            known => coverage.Open(parsed, known), time, cancellation));
        return command;
    }

    private static FeatureSet Load(string[] paths, string? tags)
    {
        try
        {
            var features = FeatureSet.Load(paths, tags is null ? null : TagExpression.Parse(tags));
            return features.Scenarios.FirstOrDefault(s => s.Steps.Count == 0) is { } empty
                ? throw new UsageException($"{empty.At}: the scenario '{empty.Title}' has no steps. Does a line begin with a misspelt keyword?{Quote(empty.Description)}")
                : features;
        }
        catch (Exception e) when (e is FileNotFoundException or FeatureFileException or FormatException)
        {
            throw new UsageException(e.Message);
        }
    }

    private static string Quote(string description) => description.Length == 0 ? "" : $" Read as its description: '{description.Trim()}'.";

    private static async Task<int> RunAsync(
        FeatureSet features, int seed, bool isVirtual, string? journalPath, string? junitPath, SchemaCatalogue? schemas,
        Func<SchemaCatalogue?, CoverageGate> open, TimeProvider time, CancellationToken cancellation)
    {
        await using var file = OutputFile.Create("--journal", journalPath);
        await using var junit = OutputFile.Create("--junit", junitPath);
        await using var gate = open(schemas);
        void Finished(Journal journal)
        {
            Cover(gate.Coverage, journal);
            foreach (var entry in file is null ? [] : journal.Snapshot())
            {
                file!.Write(JournalText.ToLine(entry));
                file.WriteByte((byte)'\n');
            }

            file?.Flush();
        }

        void Show(ScenarioResult result)
        {
            Console.WriteLine($"{result.Status.ToString().ToLowerInvariant(),-9} {result.Scenario.Feature.Title}: {result.Scenario.Sentence}");
            if (result.IsFailure)
                Console.WriteLine($"{TextReport.Of(result)}  again: leda-harness run {result.Scenario.Id} --seed {seed}{(isVirtual ? " --virtual" : "")}\n");
        }

        var started = time.GetTimestamp();
        var result = isVirtual
            ? Suite.RunVirtually(features.Scenarios, seed, Finished, Show, schemas)
            : await Suite.RunAsync(
                features.Scenarios, new WorldSettings { Time = time, Seed = seed, Finished = Finished, Interrupted = cancellation, Schemas = schemas }, Show, cancellation);
        if (junit is not null)
            JUnitReport.Write(junit, "leda-harness run", [.. result.Scenarios.Select(ScenarioCases.Of), .. result.HookFailures.Select(ScenarioCases.Of)]);
        var exitCode = Conclude(result, seed, time.GetElapsedTime(started));
        if (!gate.Conclude(gate.Coverage.Report, Console.Out) && exitCode == ExitCode.Passed)
            exitCode = ExitCode.Failed;
        return cancellation.IsCancellationRequested ? ExitCode.Interrupted : exitCode;
    }

    private static void Cover(ProtocolCoverage coverage, Journal journal)
    {
        coverage.Begin();
        foreach (var entry in journal.Snapshot().Where(e => e.Kind == JournalKind.Publish))
            coverage.Take(entry.Topic, entry.Payload, entry.Judgement.Verdict);
    }

    private static int Conclude(RunResult result, int seed, TimeSpan took)
    {
        foreach (var failure in result.HookFailures)
            Console.WriteLine($"{failure.Kind} {failure.Method} failed: {failure.Error.Message}");
        int Count(Func<ScenarioResult, bool> counts) => result.Scenarios.Count(counts);
        Console.WriteLine(
            $"{Count(s => s.Status == ScenarioStatus.Passed)} passed, {Count(s => s.IsFailure)} failed, {Count(s => s.Status == ScenarioStatus.Skipped)} skipped in {took.TotalSeconds:0.0} s, seed {seed}");
        if (result.IsFailure)
            return ExitCode.Failed;
        return result.IsEmpty ? ExitCode.NothingRan : ExitCode.Passed;
    }
}
