using System.CommandLine;
using Leda.Harness.Simulator.Coverage;
using Leda.Harness.Simulator.Referee.Contract;

namespace Leda.Harness.Cli;

/// <summary>The options <c>--coverage</c> and <c>--fail-under</c> of all commands that see messages.</summary>
internal sealed class CoverageOption
{
    private readonly Option<string?> _file = new("--coverage")
    {
        Description = "File to write to, as Markdown, which part of the protocol was exercised.",
        HelpName = "FILE",
    };

    private readonly Option<int?> _least = new("--fail-under")
    {
        Description = "Exit with 1 if less of the protocol of kanto-containers was exercised, 0 to 100.",
        HelpName = "PERCENT",
        CustomParser = result => Numbers.Parse(result, 0, 100),
    };

    /// <summary>Both.</summary>
    public IEnumerable<Option> All => [_file, _least];

    /// <summary>What the user asked for.</summary>
    /// <exception cref="UsageException">The file cannot be written.</exception>
    public CoverageGate Open(ParseResult parsed, SchemaCatalogue? schemas) => new(
        new ProtocolCoverage(schemas ?? new SchemaCatalogue(), CoverageProfile.KantoContainers),
        OutputFile.Create("--coverage", parsed.GetValue(_file)),
        parsed.GetValue(_least));
}
