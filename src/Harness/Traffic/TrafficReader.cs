using System.Text;
using Leda.Harness.Simulator.Referee;

namespace Leda.Harness.Traffic;

/// <summary>
/// Makes messages of lines, whichever of the known forms they have, each as soon as its last line is there. Lines that cannot be
/// understood are told as problems; none is lost.
/// </summary>
internal sealed class TrafficReader
{
    private readonly string? _schema;
    private readonly Action<TrafficItem> _found;
    private readonly Records _records;
    private Unfinished? _unfinished;
    private bool _isVerbose;
    private bool _isForeign;

    /// <summary>Begins one file.</summary>
    /// <param name="schema">What all of it is: JSON payloads of this kind. <see langword="null"/> for messages.</param>
    /// <param name="found">Takes what was read.</param>
    public TrafficReader(string? schema, Action<TrafficItem> found)
    {
        _schema = schema;
        _found = found;
        _records = new Records(found);
    }

    /// <summary>Takes the next line.</summary>
    /// <param name="number">Its number, from 1.</param>
    /// <param name="line">The line without its end.</param>
    /// <param name="isCut">Whether it was too long and this is its beginning.</param>
    public void Take(long number, ReadOnlySpan<byte> line, bool isCut = false)
    {
        if (number == 1 && (_isForeign = IsForeign(line)))
            return;
        if (number == 1 && line.StartsWith(Encoding.UTF8.Preamble))
            line = line[Encoding.UTF8.Preamble.Length..];
        if (_isForeign)
            return;
        if (isCut)
            Tell(number, line, $"Lines have at most {LineReader.MaxLine >> 20} MiB.");
        else if (_unfinished is { } unfinished)
            GoOn(unfinished, number, line);
        else
            Begin(number, line);
    }

    /// <summary>The file is at its end.</summary>
    public void End()
    {
        if (_unfinished is { } unfinished)
            Finish(unfinished, unfinished.Lines.Text);
    }

    private void Begin(long number, ReadOnlySpan<byte> line)
    {
        var text = line.Trim(" \t"u8);
        if (text.IsEmpty)
            return;
        if (_schema is not null)
            Begin(number, line, text[0] is (byte)'{' or (byte)'[', payload => _found(new TrafficPayload(number, "", _schema, payload)));
        else if (text[0] is (byte)'{' or (byte)'[')
            Begin(number, line, true, payload => _records.Read(number, payload));
        else if (VerboseLine.TryRead(line, out var read) && (_isVerbose || read.HasLevels || read.IsJson))
            Begin(number, read);
        else
            Tell(number, line, _isVerbose ? "If a payload has line feeds, record with mosquitto_sub -F %j." : "Record with mosquitto_sub -v, or -F %j.");
    }

    private void Begin(long number, VerboseLine line)
    {
        _isVerbose = true;
        Begin(number, line.Payload.Span, line.IsJson, payload => _found(
            new TrafficMessage(number, new SeenMessage(line.At ?? RecordReading.LineAsInstant(number), line.Topic, payload))));
    }

    private void Begin(long number, ReadOnlySpan<byte> text, bool mayGoOn, Action<ReadOnlyMemory<byte>> finish)
    {
        if (!mayGoOn || JsonLines.IsWhole(text))
        {
            finish(text.ToArray());
            return;
        }

        var unfinished = new Unfinished(number, new JsonLines(), finish);
        if (unfinished.Lines.Add(text) is JsonProgress.Open or JsonProgress.Broken)
            _unfinished = unfinished;
        else
            finish(text.ToArray());
    }

    private void GoOn(Unfinished unfinished, long number, ReadOnlySpan<byte> line)
    {
        if (unfinished.Lines.Text.Length + line.Length > LineReader.MaxLine)
        {
            _unfinished = null;
            Tell(unfinished.Number, unfinished.Lines.Text, $"Its end is not found within {LineReader.MaxLine >> 20} MiB.");
            Begin(number, line);
            return;
        }

        var progress = unfinished.Lines.Add(line);
        if (progress is JsonProgress.Broken or JsonProgress.Closed && IsBeginning(line))
        {
            Finish(unfinished, unfinished.Lines.Text[..unfinished.Lines.Before]);
            Begin(number, line);
        }
        else if (progress is JsonProgress.Whole or JsonProgress.Closed)
        {
            Finish(unfinished, unfinished.Lines.Text);
        }
    }

    private void Finish(Unfinished unfinished, ReadOnlySpan<byte> text)
    {
        _unfinished = null;
        unfinished.Finish(text.TrimEnd("\r\n"u8).ToArray());
    }

    /// <summary>Whether a line that cannot belong to the JSON before it begins something new.</summary>
    private static bool IsBeginning(ReadOnlySpan<byte> line) =>
        line is [(byte)'{', ..] ? JsonLines.IsWhole(line) || line is [_, (byte)'"', ..] : VerboseLine.TryRead(line, out var read) && read.HasLevels;

    private void Tell(long number, ReadOnlySpan<byte> text, string hint) => _found(new TrafficProblem(number, InputFinding.Line(text, hint)));

    /// <summary>Files that are no UTF-8 text at all are told once.</summary>
    private bool IsForeign(ReadOnlySpan<byte> line)
    {
        var (seen, hint) = line switch
        {
            [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => ("text in UTF-16", "Save it as UTF-8; older PowerShells write UTF-16 with '>'."),
            [0x1F, 0x8B, ..] => ("a gzip file", "Unpack it first: gunzip -c FILE | leda-harness check -"),
            _ => ("", ""),
        };
        if (seen.Length > 0)
            _found(new TrafficProblem(1, InputFinding.Line(seen, hint)));
        return seen.Length > 0;
    }

    /// <summary>A JSON text whose end is not there yet.</summary>
    private sealed record Unfinished(long Number, JsonLines Lines, Action<ReadOnlyMemory<byte>> Finish);
}
