using System.CommandLine;
using System.CommandLine.Parsing;
using Leda.Harness.Cli.Twins;
using Leda.Harness.Protocol;

namespace Leda.Harness.Cli;

/// <summary>The command <c>leda-harness</c>.</summary>
internal static class CommandLine
{
    /// <summary>How long a stop by Ctrl+C may take before the process is ended hard.</summary>
    private static readonly TimeSpan _farewell = TimeSpan.FromSeconds(5);

    /// <summary>Runs a command line.</summary>
    /// <param name="arguments">What the user typed.</param>
    /// <param name="time">The clock.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] arguments, TimeProvider time)
    {
        var root = new RootCommand("The cloud, offline, for edge devices in vehicles.")
        {
            UpCommand.Create(time), RunCommand.Create(time), CheckCommand.Create(), ConformCommand.Create(time),
            TwinCommands.Create(), InvokeCommand.Create(), SearchCommand.Create(),
        };
        var parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null }); // '@slow' is a tag, not a file
        if (parsed.Errors.Count > 0)
            return Complain(ExitCode.BadUsage, $"{PlainText.Of(Worst(parsed).Message)} Try --help.");
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = _farewell,
            });
        }
        catch (UsageException e)
        {
            return Complain(ExitCode.BadUsage, e.Message);
        }
        catch (CloudException e)
        {
            return Complain(e.ExitCode, e.Message);
        }
    }

    /// <summary>What a command does. It begins a moment later, when Ctrl+C is already heard: the parser listens only once this has returned.</summary>
    public static void Does(this Command command, Func<ParseResult, CancellationToken, Task<int>> run) => command.SetAction(async (parsed, cancellation) =>
    {
        await Task.Yield();
        return await run(parsed, cancellation);
    });

    /// <summary>The error that names the word that was not understood, or the first one.</summary>
    private static ParseError Worst(ParseResult parsed) =>
        parsed.Errors.FirstOrDefault(e => parsed.UnmatchedTokens.Any(word => e.Message.Contains(word, StringComparison.Ordinal))) ?? parsed.Errors[0];

    /// <summary>Says in one line what is wrong.</summary>
    public static int Complain(int exitCode, string problem)
    {
        Console.Error.WriteLine($"leda-harness: {problem}");
        return exitCode;
    }
}
