using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Leda.Harness.Device.Engines.Simulated;

/// <summary>
/// Reads the command lines that test containers have, as far as they are plain busybox: <c>sleep N</c>, <c>true</c>, <c>false</c>,
/// <c>echo …</c>, <c>tail -f /dev/null</c>, <c>tail /dev/zero</c>, and <c>sh -c</c> with these, <c>exit N</c>, <c>trap '…' TERM INT</c> and
/// <c>while true; do …; done</c>, put together with <c>;</c> and <c>&amp;&amp;</c>; <c>&gt;&amp;2</c> goes with <c>echo</c>. No variables, no pipes, nothing else.
/// </summary>
internal sealed partial class ShellParser
{
    /// <summary>So that a loop does not keep the clock from everything else, in seconds.</summary>
    private const double Shortest = 0.01;

    private readonly List<string> _tokens;
    private int _next;

    private ShellParser(string script) =>
        _tokens = [.. TokenPattern().Matches(script).Select(m => m.Value is "\n" ? ";" : m.Value).Where(t => !string.IsNullOrWhiteSpace(t))];

    private bool AtEnd => _next == _tokens.Count;

    /// <summary>Reads a command line.</summary>
    /// <param name="command">The container's <c>cmd</c>.</param>
    /// <param name="steps">What it does; <see langword="null"/> if it is not understood.</param>
    public static bool TryParse(IReadOnlyList<string>? command, [NotNullWhen(true)] out IReadOnlyList<ShellStep>? steps)
    {
        var words = command?.Select((word, i) => i == 0 ? word[(word.LastIndexOf('/') + 1)..] : word).ToList();
        steps = words switch
        {
            ["sh" or "ash", "-c", var script, ..] => ParseScript(script),
            ["sleep" or "true" or "false" or "echo" or "tail", ..] when Simple(words) is { } step => [step],
            _ => null,
        };
        return steps is not null;
    }

    private static List<ShellStep>? ParseScript(string script)
    {
        // What is between tokens, such as a pipe, a dollar or a lone quote, is nothing that we know.
        if (TokenPattern().Replace(script, "").Length > 0)
            return null;
        var parser = new ShellParser(script);
        return parser.List(null) is { } steps && parser.AtEnd ? steps : null;
    }

    private List<ShellStep>? List(string? end)
    {
        var steps = new List<ShellStep>();
        for (var onSuccess = false; !AtEnd && _tokens[_next] != end;)
        {
            if (One() is not { } step)
                return null;
            steps.Add(step with { OnSuccess = onSuccess });
            onSuccess = Take("&&");
            if (!onSuccess && !Take(";") && !AtEnd && _tokens[_next] != end)
                return null;
            if (onSuccess && AtEnd)
                return null;
            while (Take(";"))
            {
                // Empty lines.
            }
        }

        return steps.Count > 0 ? steps : null;
    }

    private ShellStep? One()
    {
        if (Take("while"))
        {
            var body = (Take("true") || Take(":")) && (Take(";") || true) && Take("do") ? List("done") : null;

            // A loop without a rest would never give the turn back.
            return body is not null && Take("done") && body.Exists(s => s is ShellStep.Sleep { OnSuccess: false }) ? new ShellStep.Loop(body) : null;
        }

        var words = new List<string>();
        var toErrors = false;
        for (; !AtEnd && _tokens[_next] is not (";" or "&&"); _next++)
        {
            if (_tokens[_next] is ">&2" or "1>&2")
                toErrors = true;
            else
                words.Add(Unquoted(_tokens[_next]));
        }

        return Simple(words) is ShellStep.Echo echo && toErrors ? echo with { Stream = "stderr" } : Simple(words);
    }

    private static ShellStep? Simple(List<string> words) => words switch
    {
        ["true" or ":"] => new ShellStep.Status(0),
        ["false"] => new ShellStep.Status(1),
        ["echo", .. var text] => new ShellStep.Echo(string.Join(' ', text)),
        ["sleep", var time] when Time(time) is { } rest => rest > TimeSpan.Zero ? new ShellStep.Sleep(rest) : new ShellStep.Status(0),
        ["tail", "-f", "/dev/null"] => new ShellStep.Sleep(TimeSpan.MaxValue),
        ["tail", "/dev/zero"] => new ShellStep.Grow(),
        ["exit"] => new ShellStep.Exit(null),
        ["exit", var code] when byte.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => new ShellStep.Exit(number),
        ["trap", "", .. { Count: > 0 } names] when Signals(names) is { } signals => new ShellStep.Trap([], signals),
        ["trap", var action, .. { Count: > 0 } names] when Signals(names) is { } signals && ParseScript(action) is { } steps => new ShellStep.Trap(steps, signals),
        _ => null,
    };

    // busybox knows seconds with a fraction and one of four units.
    private static TimeSpan? Time(string text)
    {
        if (text is "infinity" or "inf")
            return TimeSpan.MaxValue;
        var unit = text.Length == 0 ? 0 : text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => 0 };
        if (!double.TryParse(unit == 0 ? text : text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return null;
        var seconds = number * Math.Max(unit, 1);
        return seconds is 0 ? TimeSpan.Zero : seconds < 1e9 ? TimeSpan.FromSeconds(Math.Max(seconds, Shortest)) : TimeSpan.MaxValue;
    }

    private static List<Signal>? Signals(IEnumerable<string> names)
    {
        var signals = new List<Signal>();
        foreach (var name in names)
        {
            if (!Signal.TryParse(name, out var signal) && !Signal.TryParse($"SIG{name}", out signal))
                return null;
            signals.Add(signal);
        }

        return signals;
    }

    private bool Take(string token)
    {
        var found = !AtEnd && _tokens[_next] == token;
        if (found)
            _next++;
        return found;
    }

    private static string Unquoted(string token) => QuotedPattern().Replace(token, "$1$2");

    // White space, separators, and words of plain characters and of quoted parts; within double quotes nothing that a shell would expand.
    [GeneratedRegex("""[ \t]+|\n|;|&&|1?>&2|(?:[\w%+,./:=@^~-]|'[^']*'|"[^"$`\\]*")+""", RegexOptions.CultureInvariant)]
    private static partial Regex TokenPattern();

    [GeneratedRegex("'([^']*)'|\"([^\"]*)\"", RegexOptions.CultureInvariant)]
    private static partial Regex QuotedPattern();
}
