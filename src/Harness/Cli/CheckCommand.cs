using System.CommandLine;
using Leda.Harness.Protocol;
using Leda.Harness.Reports;
using Leda.Harness.Simulator.Referee.Contract;
using Leda.Harness.Traffic;

namespace Leda.Harness.Cli;

/// <summary><c>leda-harness check</c>: judges recorded traffic, or a message before it is sent.</summary>
internal static class CheckCommand
{
    private const string StandardInput = "-";

    private const string About =
        """
        Judge recorded traffic: what is wrong, where, by which rule, what to try.

        Each FILE may hold, line by line and without a switch: 'topic payload' as mosquitto_sub -v prints it (payloads may go over several
        lines, an instant may stand before: -F '%I %t %p'), the JSON of mosquitto_sub -F %j or %J, a journal of this harness, a recording
        {"t","topic","from","payload"}, a Ditto envelope (one a line, or one printed over several), or cases {"schema","doc"}.

          mosquitto_sub -v -t '#' > traffic.txt; leda-harness check traffic.txt
          mosquitto_sub -v -t '#' | leda-harness check -

        OK: as the contract says, or none of this flow. WARN: not so, but released agents send it. ERROR: a real cloud or a real device
        would refuse, ignore or misread it. Exits with 1 if there is an ERROR, 5 if there is no message at all, 2 if it cannot be read.
        """;

    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "Recorded traffic; - reads the standard input, live.", Arity = ArgumentArity.OneOrMore };
        var schema = new Option<string?>("--as")
        {
            Description = "The files are payloads of this kind: a schema's id or alias in schemas/index.json, such as container.status.",
            HelpName = "SCHEMA",
        };
        var schemas = new SchemasOption();
        var isJson = new Option<bool>("--json") { Description = "One JSON object a message on the standard output, and nothing else." };
        var showsAll = new Option<bool>("--all") { Description = "Show messages that are OK too." };
        var isStrict = new Option<bool>("--strict") { Description = "Exit with 1 on WARN too." };
        var junit = new Option<string?>("--junit") { Description = "File to write a JUnit report to, one test case a message.", HelpName = "FILE" };
        var sarif = new Option<string?>("--sarif") { Description = "File to write the warnings and errors to as SARIF 2.1.0.", HelpName = "FILE" };
        var command = new Command("check", About) { files, schema, schemas.Option, isJson, showsAll, isStrict, junit, sarif };
        var coverage = new CoverageOption();
        foreach (var option in coverage.All)
            command.Options.Add(option);
        command.Does(async (parsed, cancellation) =>
        {
            var paths = Existing(parsed.GetValue(files)!);
            var catalogue = schemas.Read(parsed) ?? new SchemaCatalogue();
            var kind = Known(parsed.GetValue(schema), catalogue);
            await using var junitFile = OutputFile.Create("--junit", parsed.GetValue(junit));
            await using var sarifFile = OutputFile.Create("--sarif", parsed.GetValue(sarif));
            using var junitReport = junitFile is null ? null : new JUnitReport(junitFile, "leda-harness check");
            using var sarifReport = sarifFile is null ? null : new SarifReport(sarifFile);
            await using var gate = coverage.Open(parsed, catalogue);
            using var view = new CheckView(parsed.GetValue(isJson), parsed.GetValue(showsAll));
            var exitCode = await RunAsync(new CheckRun(catalogue, view, junitReport, sarifReport, gate.Coverage, parsed.GetValue(isStrict)), paths, kind, cancellation);
            var isEnough = !gate.IsWanted || gate.Conclude(gate.Coverage.Report, parsed.GetValue(isJson) ? Console.Error : Console.Out);
            return exitCode == ExitCode.Passed && !isEnough ? ExitCode.Failed : exitCode;
        });
        return command;
    }

    private static async Task<int> RunAsync(CheckRun run, string[] paths, string? schema, CancellationToken cancellation)
    {
        foreach (var path in paths)
        {
            try
            {
                await using var input = path == StandardInput ? Console.OpenStandardInput() : File.OpenRead(path);
                if (!await run.CheckAsync(path, input, schema, cancellation) && path != StandardInput)
                    return ExitCode.Interrupted;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new UsageException($"{PlainText.Of(path)} cannot be read: {e.Message}");
            }
        }

        if (run.IsFailure)
            return ExitCode.Failed;
        if (run.Total > 0)
            return ExitCode.Passed;
        return CommandLine.Complain(ExitCode.NothingRan, $"there is no message in {PlainText.Of(string.Join(", ", paths))}. Give lines of the form {InputFinding.Formats}.");
    }

    private static string[] Existing(string[] paths)
    {
        if (Array.Find(paths, Directory.Exists) is { } folder)
            throw new UsageException($"{PlainText.Of(folder)} is a directory; name the files in it.");
        if (Array.Find(paths, path => path != StandardInput && !File.Exists(path)) is { } missing)
            throw new UsageException($"{PlainText.Of(missing)} does not exist; - reads the standard input.");
        return paths.Count(path => path == StandardInput) > 1 ? throw new UsageException("the standard input can be read once: give - once.") : paths;
    }

    private static string? Known(string? schema, SchemaCatalogue catalogue)
    {
        if (schema is null || catalogue.Find(schema) is not null)
            return schema;
        var known = string.Join(", ", catalogue.Entries.Where(entry => entry.Contract is not null).Select(entry => entry.Id));
        throw new UsageException($"--as '{PlainText.Of(schema)}' is no schema; known are {known}.");
    }
}
