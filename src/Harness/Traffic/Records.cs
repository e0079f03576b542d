using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Referee;

namespace Leda.Harness.Traffic;

/// <summary>Reads JSON texts that stand for messages, each in the form that its members tell.</summary>
/// <param name="found">Takes what was read.</param>
internal sealed class Records(Action<TrafficItem> found)
{
    private static readonly Func<JsonElement, long, RecordReading?>[] _forms =
    [
        JournalRecordForm.Read, MosquittoForm.Read, RecordingForm.Read, CaseForm.Read,
    ];

    private bool _sawRecord;
    private long _sequence;

    /// <summary>Reads one JSON text.</summary>
    /// <param name="line">The line it begins on.</param>
    /// <param name="text">The text.</param>
    public void Read(long line, ReadOnlyMemory<byte> text)
    {
        if (JsonText.TryParse(text.Span, out var json, out var problem))
            ReadOne(json, line, text);
        else if (_sawRecord)
            found(new TrafficProblem(line, InputFinding.Line(text.Span, $"The line is no JSON: {problem} Was the file cut?")));
        else
            found(Envelope(line, text)); // the referee says best what is wrong with the text
    }

    private static TrafficMessage Envelope(long line, ReadOnlyMemory<byte> text) =>
        new(line, new SeenMessage(RecordReading.LineAsInstant(line), "", text));

    private void ReadOne(JsonElement json, long line, ReadOnlyMemory<byte> text)
    {
        if (json.ValueKind == JsonValueKind.Array)
        {
            ReadEach(json, json, line);
            return;
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            found(new TrafficProblem(line, InputFinding.Line(text.Span, "Give whole messages; for a payload alone say what it is, with --as SCHEMA.")));
            return;
        }

        foreach (var form in _forms)
        {
            if (form(json, line) is not { } reading)
                continue;
            _sawRecord = true;
            LookForBeginning(json, line);
            if (reading.Item is { } item)
                found(item);
            return;
        }

        if (json.TryGetProperty("cases", out var cases) && cases.ValueKind == JsonValueKind.Array)
            ReadEach(cases, json, line);
        else if (json.TryGetProperty("topic", out _) || json.TryGetProperty("path", out _) || json.TryGetProperty("headers", out _))
            found(Envelope(line, text));
        else
            found(new TrafficProblem(line, InputFinding.Line(text.Span, "It has neither 'topic' nor 'path'. If it is a payload alone, say what it is, with --as SCHEMA.")));
    }

    /// <summary>Each scenario has a world of its own, and their journals follow each other in one file.</summary>
    private void LookForBeginning(JsonElement json, long line)
    {
        if (JournalRecordForm.Sequence(json) is not { } sequence)
            return;
        if (sequence < _sequence)
            found(new TrafficBeginning(line));
        _sequence = sequence;
    }

    private void ReadEach(JsonElement list, JsonElement root, long line)
    {
        var whole = JsonMarshal.GetRawUtf8Value(root);
        var seen = 0;
        foreach (var item in list.EnumerateArray())
        {
            var raw = JsonMarshal.GetRawUtf8Value(item);
            whole.Overlaps(raw, out var at);
            line += whole[seen..at].Count((byte)'\n');
            seen = at;
            ReadOne(item, line, raw.ToArray());
        }
    }
}

/// <summary>What a form made of an object that is its own.</summary>
/// <param name="Item">A message, or what is wrong with it; <see langword="null"/> for what is no message: a note, a connect.</param>
internal readonly record struct RecordReading(TrafficItem? Item)
{
    /// <summary>For what is no message.</summary>
    public static RecordReading Context => default;

    /// <summary>For a message that lacks something.</summary>
    public static RecordReading Problem(long line, JsonElement json, string hint) =>
        new(new TrafficProblem(line, InputFinding.Line(JsonMarshal.GetRawUtf8Value(json), hint)));

    /// <summary>Recordings without instants count the lines: a millisecond each.</summary>
    public static DateTimeOffset LineAsInstant(long line) => DateTimeOffset.UnixEpoch.AddMilliseconds(line);

    /// <summary>An instant in one of the forms that recordings have: milliseconds since 1970, or text.</summary>
    public static DateTimeOffset Instant(JsonElement json, string name, long line)
    {
        if (!json.TryGetProperty(name, out var at))
            return LineAsInstant(line);
        if (at.ValueKind == JsonValueKind.Number && at.TryGetDouble(out var milliseconds) && milliseconds is >= 0 and < 253_402_300_799_000)
            return DateTimeOffset.UnixEpoch.AddTicks((long)(milliseconds * TimeSpan.TicksPerMillisecond));
        if (at.ValueKind != JsonValueKind.String)
            return LineAsInstant(line);
        return VerboseLine.TryReadInstant(at.GetString()!, out var instant)
            || DateTimeOffset.TryParse(at.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant)
            ? instant
            : LineAsInstant(line);
    }

    /// <summary>A member that is a string; empty if there is none.</summary>
    public static string Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString()! : "";

    /// <summary>The payload: a string is its text, another value the JSON itself, <c>null</c> nothing; <c>payload64</c> is base64.</summary>
    /// <returns><see langword="false"/> if there is none that can be read.</returns>
    public static bool TryReadPayload(JsonElement json, out byte[] payload)
    {
        payload = [];
        if (!json.TryGetProperty("payload", out var value))
            return json.TryGetProperty("payload64", out value) && value.ValueKind == JsonValueKind.String && value.TryGetBytesFromBase64(out payload!);
        payload = value.ValueKind switch
        {
            JsonValueKind.Null => [],
            JsonValueKind.String => System.Text.Encoding.UTF8.GetBytes(value.GetString()!),
            _ => JsonMarshal.GetRawUtf8Value(value).ToArray(),
        };
        return true;
    }
}
