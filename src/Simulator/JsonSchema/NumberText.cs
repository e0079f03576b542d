using System.Numerics;

namespace Leda.Harness.Simulator.JsonSchema;

/// <summary>
/// A JSON number as it is written, of any size, compared exactly: its digits without zeros at either end, and the power of ten that the
/// last of them counts.
/// </summary>
internal readonly ref struct NumberText
{
    private const long FarAway = 1_000_000_000_000; // no text has so many digits

    private readonly ReadOnlySpan<byte> _digits; // may have a point inside
    private readonly int _point;
    private readonly bool _isNegative;
    private readonly int _count;
    private readonly long _exponent;

    public NumberText(ReadOnlySpan<byte> text)
    {
        _isNegative = text[0] == '-';
        var mantissa = _isNegative ? text[1..] : text;
        var e = mantissa.IndexOfAny((byte)'e', (byte)'E');
        _exponent = e < 0 ? 0 : ExponentOf(mantissa[(e + 1)..]);
        mantissa = e < 0 ? mantissa : mantissa[..e];
        if (mantissa.Contains((byte)'.'))
            _exponent -= mantissa.Length - mantissa.IndexOf((byte)'.') - 1;
        var tail = mantissa.TrimEnd("0."u8);
        var dropped = mantissa[tail.Length..];
        _exponent += dropped.Length - dropped.Count((byte)'.');
        _digits = tail.TrimStart("0."u8);
        _point = _digits.IndexOf((byte)'.');
        _count = _point < 0 ? _digits.Length : _digits.Length - 1;
    }

    /// <summary>Whether nothing is left behind the point.</summary>
    public bool IsInteger => _count == 0 || _exponent >= 0;

    private int Sign => _count == 0 ? 0 : _isNegative ? -1 : 1;

    public int ComparedTo(NumberText other)
    {
        if (Sign != other.Sign)
            return Sign.CompareTo(other.Sign);
        var size = (_count + _exponent).CompareTo(other._count + other._exponent);
        for (var i = 0; size == 0 && i < Math.Max(_count, other._count); i++)
            size = Digit(i).CompareTo(other.Digit(i));
        return Sign * size;
    }

    /// <summary>The same for numbers of one value, however they are written.</summary>
    public override int GetHashCode()
    {
        if (Sign == 0)
            return 0;
        var hash = new HashCode();
        hash.Add(_isNegative);
        hash.Add(_count + _exponent);
        for (var i = 0; i < _count; i++)
            hash.Add(Digit(i));
        return hash.ToHashCode();
    }

    /// <summary>Whether this divided by the other leaves no rest.</summary>
    public bool IsMultipleOf(NumberText divisor)
    {
        if (_count == 0)
            return true;
        var shift = _exponent - divisor._exponent;
        if (shift < 0)
            return false; // the last digit is not 0, so no power of ten divides it
        var rest = BigInteger.ModPow(10, shift, divisor.Mantissa);
        return (Mantissa * rest % divisor.Mantissa).IsZero;
    }

    private BigInteger Mantissa
    {
        get
        {
            var digits = new char[_count];
            for (var i = 0; i < digits.Length; i++)
                digits[i] = (char)Digit(i);
            return BigInteger.Parse(digits, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    private byte Digit(int index) => index >= _count ? (byte)'0' : _digits[_point >= 0 && index >= _point ? index + 1 : index];

    private static long ExponentOf(ReadOnlySpan<byte> text)
    {
        var isNegative = text[0] == '-';
        var value = 0L;
        foreach (var digit in text.TrimStart("+-"u8))
            value = Math.Min(FarAway, (value * 10) + digit - '0');
        return isNegative ? -value : value;
    }
}
