using System.CommandLine;
using Leda.Harness.Simulator.Api;

namespace Leda.Harness.Cli.Twins;

/// <summary>A command that talks to a cloud, and the options that all of them have.</summary>
internal static class CloudVerb
{
    /// <summary>Makes one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it does.</param>
    /// <param name="symbols">Its own arguments and options.</param>
    /// <param name="run">What it does.</param>
    public static Command Create(
        string name, string description, IEnumerable<Symbol> symbols, Func<ParseResult, CloudClient, VerbOutput, CancellationToken, Task<int>> run)
    {
        var url = new Option<Uri>("--url")
        {
            Description = "Where the cloud is: a running harness, or any Eclipse Ditto.",
            HelpName = "URL",
            DefaultValueFactory = _ => new Uri($"http://127.0.0.1:{new ApiOptions().Port}"),
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
                    result.AddError($"--url '{text}' is no address such as http://127.0.0.1:8080.");
                return uri;
            },
        };
        var user = new Option<string>("--user")
        {
            Description = "The user's name and password.",
            HelpName = "NAME:PASSWORD",
            DefaultValueFactory = _ => "ditto:ditto",
        };
        var json = new Option<bool>("--json") { Description = "One JSON value a line and nothing else, for programs." };
        var command = new Command(name, description) { url, user, json };
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
                command.Arguments.Add(argument);
            else
                command.Options.Add((Option)symbol);
        }

        command.Does(async (parsed, cancellation) =>
        {
            var credentials = parsed.GetValue(user)!;
            if (!credentials.Contains(':', StringComparison.Ordinal))
                throw new UsageException("--user has no ':'; give name and password as name:password.");
            using var cloud = new CloudClient(parsed.GetValue(url)!, credentials);
            try
            {
                return await run(parsed, cloud, new VerbOutput(parsed.GetValue(json)), cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return ExitCode.Interrupted;
            }
        });
        return command;
    }
}
