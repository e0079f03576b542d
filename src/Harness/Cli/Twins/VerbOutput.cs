using System.Text;
using System.Text.Json;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Json;
using Spectre.Console;

namespace Leda.Harness.Cli.Twins;

/// <summary>What a verb shows: for people, or, with <c>--json</c>, one JSON value a line and nothing else.</summary>
internal sealed class VerbOutput(bool isJson)
{
    private static readonly JsonWriterOptions _pretty = JsonText.Compact with { Indented = true };

    public bool IsJson => isJson;

    /// <summary>Shows a value: on one line for programs, indented for people.</summary>
    public void Write(JsonElement value) => Console.Out.WriteLine(isJson ? Line(value) : Text(value, _pretty));

    /// <summary>Says something to people alone.</summary>
    public void Say(string text)
    {
        if (!isJson)
            Console.Out.WriteLine(PlainText.Of(text));
    }

    /// <summary>Shows a table to people.</summary>
    public static void Table(string[] head, IEnumerable<string[]> rows)
    {
        AnsiConsole.Profile.Width = ushort.MaxValue; // the terminal may wrap a long line, Spectre would break it
        var table = new Table { Border = TableBorder.None };
        foreach (var title in head)
            table.AddColumn(new TableColumn(new Text(title)) { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        foreach (var row in rows)
            table.AddRow(row.Select(cell => new Text(PlainText.Of(cell))));
        AnsiConsole.Write(table);
    }

    /// <summary>A value on one line.</summary>
    public static string Line(JsonElement value) => Text(value, JsonText.Compact);

    private static string Text(JsonElement value, JsonWriterOptions options)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, options))
            value.WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }
}
