using System.Globalization;
using Leda.Harness.Device.Containers;
using Leda.Harness.Protocol;

namespace Leda.Harness.Device.Engines.Simulated;

/// <summary>
/// Reads what a container's environment tells the simulation:
/// <list type="table">
/// <item><term><c>SIM_PULL_TIME=3s</c></term><description>its image takes so long to pull, unless it is there</description></item>
/// <item><term><c>SIM_PULL_ERROR=text</c></term><description>its image cannot be pulled, unless it is there</description></item>
/// <item><term><c>SIM_START_ERROR=text</c></term><description>it cannot be started</description></item>
/// <item><term><c>SIM_EXIT_AFTER=2s</c></term><description>its process ends by itself</description></item>
/// <item><term><c>SIM_EXIT_CODE=3</c></term><description>with this code, 0 to 255, then or when it is told to end</description></item>
/// <item><term><c>SIM_OOM_AFTER=5s</c></term><description>its process is killed for want of memory</description></item>
/// <item><term><c>SIM_IGNORE=SIGTERM,SIGINT</c></term><description>signals that do nothing to it</description></item>
/// <item><term><c>SIM_CPU=5..60/30s</c> or <c>20</c></term><description>percent of all processors, from 5 to 60 and back in 30 s</description></item>
/// <item><term><c>SIM_MEMORY=20M..80M/60s</c> or <c>20M</c></term><description>memory; more than its limit is too much</description></item>
/// </list>
/// Durations are Go's (<see cref="GoDuration"/>), at most 30 days. Other variables are the container's own affair, unless they look like a
/// misspelt one of these.
/// </summary>
internal static class BehaviourReader
{
    private const string Prefix = "SIM_";
    private const string Names = "SIM_PULL_TIME, SIM_PULL_ERROR, SIM_START_ERROR, SIM_EXIT_AFTER, SIM_EXIT_CODE, SIM_OOM_AFTER, SIM_IGNORE, SIM_CPU, SIM_MEMORY";

    private static readonly TimeSpan _longest = TimeSpan.FromDays(30);

    /// <summary>What these variables say.</summary>
    /// <exception cref="EngineException">One of them is misspelt.</exception>
    public static Behaviour Read(IEnumerable<string> variables) => variables
        .Where(v => v.StartsWith(Prefix, StringComparison.Ordinal) && v.Contains('=', StringComparison.Ordinal))
        .Aggregate(new Behaviour(), (told, variable) => Read(told, variable, variable[(variable.IndexOf('=', StringComparison.Ordinal) + 1)..]));

    private static Behaviour Read(Behaviour told, string variable, string value) => variable[..^(value.Length + 1)] switch
    {
        "SIM_PULL_TIME" => told with { PullTime = Duration(variable, value) },
        "SIM_PULL_ERROR" => told with { PullError = NotEmpty(variable, value) },
        "SIM_START_ERROR" => told with { StartError = NotEmpty(variable, value) },
        "SIM_EXIT_AFTER" => told with { ExitAfter = Duration(variable, value) },
        "SIM_EXIT_CODE" => told with { ExitCode = Code(variable, value) },
        "SIM_OOM_AFTER" => told with { OomAfter = Duration(variable, value) },
        "SIM_IGNORE" => told with { Ignored = [.. value.Split(',').Select(name => Name(variable, name))] },
        "SIM_CPU" => told with { Cpu = Range(variable, value, Percent) },
        "SIM_MEMORY" => told with { Memory = Range(variable, value, Size) },
        var name when Names.Contains($"{Prefix}{name[Prefix.Length..].Split('_')[0]}", StringComparison.Ordinal) =>
            throw Refused(variable, $"there is no {name}; there are {Names}"),
        _ => told,
    };

    private static string NotEmpty(string variable, string value) =>
        value.Length > 0 ? value : throw Refused(variable, "expected the text of the error");

    private static TimeSpan Duration(string variable, string value)
    {
        if (!GoDuration.TryParse(value, out var duration, out var problem))
            throw Refused(variable, $"{problem}; expected a duration such as 2s or 1m30s");
        var time = duration.ToTimeSpan();
        return time >= TimeSpan.Zero && time <= _longest ? time : throw Refused(variable, "expected a duration from 0s to 720h");
    }

    private static int Code(string variable, string value) =>
        byte.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? code
            : throw Refused(variable, "expected an exit code from 0 to 255");

    private static Signal Name(string variable, string name) =>
        Signal.TryParse(name, out var signal) && signal != Signal.Kill
            ? signal
            : throw Refused(variable, $"expected signals such as SIGTERM,SIGINT but SIGKILL, not '{name}'");

    private static Curve Range(string variable, string value, Func<string, double?> read)
    {
        var slash = value.IndexOf('/', StringComparison.Ordinal);
        var ends = (slash < 0 ? value : value[..slash]).Split("..");
        var period = slash < 0 ? TimeSpan.FromMinutes(1) : Duration(variable, value[(slash + 1)..]);
        return ends.Length <= 2 && slash >= 0 == ends.Length > 1 && period > TimeSpan.Zero
            && read(ends[0]) is { } low && read(ends[^1]) is { } high && low <= high
            ? new Curve(low, high, period)
            : throw Refused(variable, "expected one value, or the least, the most and a period: 20 or 5..60/30s for percent of all processors, 20M or 20M..80M/1m for memory");
    }

    private static double? Percent(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent <= 100 ? percent : null;

    private static double? Size(string text) => MemorySize.TryParse(text, out var size) ? (double)size.Bytes : null;

    private static EngineException Refused(string variable, string expected) => new($"the simulation does not understand {variable}: {expected}");
}
