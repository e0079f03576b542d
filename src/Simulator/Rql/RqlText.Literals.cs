using System.Globalization;
using System.Text;

namespace Leda.Harness.Simulator.Rql;

/// <content>Reads values.</content>
internal sealed partial class RqlText
{
    public bool TryTakeLiteral(out RqlLiteral literal)
    {
        literal = default;
        if (AtEnd)
            return Fail("a value");
        if (text[_at] is '"' or '\'')
            return TryTakeString(out literal);
        if (text[_at] is '-' or '+' || char.IsAsciiDigit(text[_at]))
            return TryTakeNumber(out literal);
        var word = TakeWord();
        if (word is "time" && !AtEnd && text[_at] == ':')
            return TryTakeTime(_at - word.Length, out literal);
        RqlValue? constant = word switch { "true" => RqlValue.Of(true), "false" => RqlValue.Of(false), "null" => RqlValue.Null, _ => null };
        if (constant is null)
        {
            PutBack(word.Length);
            return Fail("a value: a number, a string in quotes, true, false, null or time:now");
        }

        literal = new RqlLiteral(constant.Value);
        return true;
    }

    private bool TryTakeTime(int start, out RqlLiteral literal)
    {
        while (!AtEnd && !IsBlank(text[_at]) && text[_at] is not (',' or ')'))
            _at++;
        var time = RqlTime.Parse(text[start.._at]);
        literal = new RqlLiteral(default, time);
        if (time is not null)
            return true;
        _at = start;
        return Fail("time:now or time:now_epoch_millis, then as wanted an offset such as -5m and a truncation such as [h]");
    }

    private bool TryTakeNumber(out RqlLiteral literal)
    {
        literal = default;
        var start = _at;
        if (text[_at] is '-' or '+')
            _at++;
        if (!TryTake('0') && TakeDigits() == 0)
            return Fail("a digit");
        if (TryTake('.') && TakeDigits() == 0)
            return Fail("a digit behind the decimal point");
        var written = text[start.._at];
        _ = RqlNumber.TryParse(written, out var number);
        literal = new RqlLiteral(RqlValue.Of(number, written));
        return true;
    }

    private int TakeDigits()
    {
        var start = _at;
        while (!AtEnd && char.IsAsciiDigit(text[_at]))
            _at++;
        return _at - start;
    }

    private bool TryTakeString(out RqlLiteral literal)
    {
        literal = default;
        var quote = text[_at++];
        var value = new StringBuilder();
        while (!AtEnd && text[_at] != quote)
        {
            if (text[_at] != '\\')
                value.Append(text[_at++]);
            else if (!TryTakeEscape(value))
                return false;
        }

        if (!TryTake(quote))
            return Fail($"the closing {quote}");
        literal = new RqlLiteral(RqlValue.Of(value.ToString()));
        return true;
    }

    private bool TryTakeEscape(StringBuilder value)
    {
        _at++;
        if (AtEnd)
            return Fail("a character behind the backslash");
        if (text[_at] == 'u')
        {
            if (_at + 5 > text.Length || !ushort.TryParse(text.AsSpan(_at + 1, 4), NumberStyles.AllowHexSpecifier, null, out var code))
                return Fail("\\u and four hexadecimal digits");
            value.Append((char)code);
            _at += 5;
            return true;
        }

        char? plain = text[_at] switch
        {
            '"' or '\'' or '\\' or '/' => text[_at],
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ => null,
        };
        if (plain is null)
            return Fail("one of \" ' \\ / b f n r t u behind a backslash");
        value.Append(plain.Value);
        _at++;
        return true;
    }
}
