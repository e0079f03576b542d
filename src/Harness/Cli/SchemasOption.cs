using System.CommandLine;
using Leda.Harness.Protocol;
using Leda.Harness.Simulator.Referee.Contract;

namespace Leda.Harness.Cli;

/// <summary>The option <c>--schemas</c> of all commands that judge.</summary>
internal sealed class SchemasOption
{
    private readonly Option<string?> _folder = new("--schemas")
    {
        Description = "Folder with an index.json and schemas of your own, which add to the contract or replace parts of it.",
        HelpName = "DIR",
    };

    public Option Option => _folder;

    /// <summary>The contract with the user's schemas; <see langword="null"/> for the contract as it is.</summary>
    /// <exception cref="UsageException">The folder cannot be used.</exception>
    public SchemaCatalogue? Read(ParseResult parsed)
    {
        try
        {
            return parsed.GetValue(_folder) is { } folder ? SchemaCatalogue.Load(folder) : null;
        }
        catch (SchemaFolderException e)
        {
            throw new UsageException($"--schemas: {PlainText.Of(e.Message)}");
        }
    }
}
