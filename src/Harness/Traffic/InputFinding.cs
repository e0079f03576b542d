using System.Text;
using Leda.Harness.Protocol;
using Leda.Harness.Simulator.Referee;

namespace Leda.Harness.Traffic;

/// <summary>What can be wrong with the input itself.</summary>
internal static class InputFinding
{
    /// <summary>Lines that are no message.</summary>
    public const string LineRule = "input/line";

    /// <summary>A payload of a kind that no schema describes.</summary>
    public const string SchemaRule = "input/schema";

    /// <summary>The forms that are understood.</summary>
    public const string Formats =
        "'topic payload' (mosquitto_sub -v), one JSON object a line (mosquitto_sub -F %j, a journal, a recording), or a Ditto envelope";

    /// <summary>A line that is no message.</summary>
    /// <param name="text">The line.</param>
    /// <param name="hint">What to try.</param>
    public static Finding Line(ReadOnlySpan<byte> text, string hint) => Line(Quote(text), hint);

    /// <summary>A line that is no message.</summary>
    /// <param name="seen">What it is instead.</param>
    /// <param name="hint">What to try.</param>
    public static Finding Line(string seen, string hint) => new(LineRule, Severity.Error, "", Formats, seen, hint);

    /// <summary>A payload of an unknown kind.</summary>
    public static Finding Schema(string name) => new(
        SchemaRule, Severity.Error, "", "the id of a schema", $"'{Short(PlainText.Of(name))}'", "Take an id from schemas/index.json, such as container.status.");

    private static string Quote(ReadOnlySpan<byte> text) => $"'{Short(PlainText.Of(Encoding.UTF8.GetString(text[..Math.Min(text.Length, 400)])))}'";

    private static string Short(string text) => text.Length <= 80 ? text : text[..80] + "…";
}
