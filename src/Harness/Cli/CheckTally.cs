using Leda.Harness.Simulator.Referee;
using Leda.Harness.Traffic;

namespace Leda.Harness.Cli;

/// <summary>How many messages of one file were judged how.</summary>
internal sealed class CheckTally
{
    private long _ok;
    private long _unjudged;
    private long _unreadable;

    public long Warnings { get; private set; }

    public long Errors { get; private set; }

    public long Total => _ok + Warnings + Errors;

    public void Add(CheckedItem item)
    {
        switch (item.Verdict)
        {
            case Verdict.Error: Errors++; break;
            case Verdict.Warning: Warnings++; break;
            default: _ok++; break;
        }

        _unjudged += item.Verdict == Verdict.Unjudged ? 1 : 0;
        _unreadable += item.IsMessage ? 0 : 1;
    }

    /// <summary>In one line, such as <c>12 messages: 10 OK, 1 WARN, 1 ERROR</c>.</summary>
    public override string ToString()
    {
        string[] notes =
        [
            .. _unjudged == 0 ? Array.Empty<string>() : [$"{_unjudged} of the OK ones are none of this flow"],
            .. _unreadable == 0 ? Array.Empty<string>() : [$"{_unreadable} of the ERROR ones cannot be read as messages"],
        ];
        var more = notes.Length == 0 ? "" : $" ({string.Join("; ", notes)})";
        return $"{Total} {(Total == 1 ? "message" : "messages")}: {_ok} OK, {Warnings} WARN, {Errors} ERROR{more}";
    }
}
