using System.CommandLine;
using System.CommandLine.Parsing;
using Grpc.Core;

namespace Leda.Harness.Device.Control.Verbs;

/// <summary>
/// A verb of the device's command line, spelled as <c>kanto-cm</c> spells it (<c>kanto-container-management.md</c> 6). It ends with 0, or
/// with 1 and one line <c>Error: …</c>.
/// </summary>
internal abstract class Verb : Command
{
    private const string Host = "--host";
    private const string Timeout = "--timeout";
    private const string Debug = "--debug";

    private readonly Option<string> _host = Flag.Text(Host, null, "The socket where the device listens.", "PATH", ControlClient.UsualSocket);
    private readonly Option<long?> _timeout = Flag.Number(Timeout, null, "How long to wait until a device listens there, in seconds.", 30);
    private readonly Option<bool> _debug = Flag.Switch(Debug, null, "Also tells where an error came from.");
    private readonly Argument<string[]> _arguments;
    private readonly TimeProvider _time;
    private readonly int _most;

    /// <param name="name">The verb.</param>
    /// <param name="description">What it does, for people.</param>
    /// <param name="arguments">What may follow it, for people.</param>
    /// <param name="most">How many may.</param>
    /// <param name="time">The clock that patience is measured with.</param>
    protected Verb(string name, string description, string arguments, int most, TimeProvider time)
        : base(name, description)
    {
        _time = time;
        _most = most;
        _arguments = new Argument<string[]>(arguments) { Arity = ArgumentArity.ZeroOrMore, DefaultValueFactory = _ => [], Hidden = most == 0 };
        Add(_arguments);
        Add(_host);
        Add(_timeout);
        Add(_debug);
        SetAction(RunAsync);
    }

    /// <summary>Does it.</summary>
    /// <param name="call">What was given.</param>
    /// <exception cref="VerbException">It cannot be done.</exception>
    /// <exception cref="RpcException">The device does not do it.</exception>
    protected abstract Task RunAsync(VerbCall call);

    /// <summary>What is said about more arguments than there may be, in the words of the original's library.</summary>
    protected virtual string TooMany(IReadOnlyList<string> given) => $"accepts at most {_most} arg(s), received {given.Count}";

    /// <summary>Runs the verb that was found, or tells why it was not understood.</summary>
    public static Task<int> InvokeAsync(ParseResult parsed, InvocationConfiguration configuration) =>
        parsed.Errors is [var error, ..] && parsed.Action is not System.CommandLine.Help.HelpAction
            ? Task.FromResult(Fail(configuration.Error, error.Message))
            : parsed.InvokeAsync(configuration);

    /// <summary>How many arguments an option that all verbs have takes up, itself and its value; 0 if this is none.</summary>
    public static int TakesEverywhere(string arg) => arg.Split('=')[0] switch
    {
        Debug => 1,
        Host or Timeout => arg.Contains('=', StringComparison.Ordinal) ? 1 : 2,
        _ => 0,
    };

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var configuration = parsed.InvocationConfiguration;
        var patience = TimeSpan.FromSeconds(Math.Clamp(parsed.GetValue(_timeout) ?? 0, 0, int.MaxValue));
        var arguments = parsed.GetValue(_arguments) ?? [];
        using var call = new VerbCall(parsed, arguments, parsed.GetRequiredValue(_host), patience, _time, configuration.Output, cancellationToken);
        try
        {
            Check(parsed, arguments);
            await RunAsync(call);
            return 0;
        }
        catch (Exception e) when (parsed.GetValue(_debug) && !cancellationToken.IsCancellationRequested)
        {
            return Fail(configuration.Error, $"{Said(e)}\n{e}");
        }
        catch (Exception e) when (e is VerbException or RpcException or IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            return Fail(configuration.Error, Said(e));
        }
    }

    private void Check(ParseResult parsed, string[] arguments)
    {
        var free = parsed.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).Skip(1).Count();
        if (arguments.SkipLast(free).FirstOrDefault(a => a.Length > 1 && a[0] == '-') is { } unknown)
            throw new VerbException(unknown.StartsWith("--") ? $"unknown flag: {unknown.Split('=')[0]}" : $"unknown shorthand flag: '{unknown[1]}' in {unknown}");
        if (arguments.Length > _most)
            throw new VerbException(TooMany(arguments));
    }

    /// <summary>What an error says; one of the device's as Go prints it (recording 10).</summary>
    protected static string Said(Exception e) => e switch
    {
        RpcException { StatusCode: var code, Status.Detail: var detail } =>
            $"rpc error: code = {(code == StatusCode.Cancelled ? "Canceled" : code)} desc = {detail}",
        OperationCanceledException => "interrupted",
        _ => e.Message,
    };

    private static int Fail(TextWriter errors, string problem)
    {
        errors.WriteLine($"Error: {problem}");
        return 1;
    }
}
