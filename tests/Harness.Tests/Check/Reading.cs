using System.Text;
using Leda.Harness.Traffic;

namespace Leda.Harness.Tests.Check;

/// <summary>Reads text as <c>check</c> does, without judging it.</summary>
internal static class Reading
{
    /// <summary>What is read from a text.</summary>
    public static List<TrafficItem> Of(string text, string? schema = null) => Of(Encoding.UTF8.GetBytes(text), schema);

    /// <inheritdoc cref="Of(string, string?)"/>
    public static List<TrafficItem> Of(byte[] text, string? schema = null)
    {
        var items = new List<TrafficItem>();
        var reading = TrafficFile.ReadAsync(new MemoryStream(text), new TrafficReader(schema, items.Add), () => { }, CancellationToken.None);
        Assert.True(reading.GetAwaiter().GetResult()); // all of it is in memory
        return items;
    }

    /// <summary>Each item in one line: <c>line topic|payload</c>, <c>line schema=document</c> or <c>line !</c>.</summary>
    public static IEnumerable<string> Short(string text, string? schema = null) => Of(text, schema).Select(item => item switch
    {
        TrafficMessage m => $"{m.Line} {m.Message.Topic}|{Encoding.UTF8.GetString(m.Message.Payload.Span)}",
        TrafficPayload p => $"{p.Line} {p.Schema}={Encoding.UTF8.GetString(p.Document.Span)}",
        TrafficBeginning => $"{item.Line} anew",
        _ => $"{item.Line} !",
    });
}
