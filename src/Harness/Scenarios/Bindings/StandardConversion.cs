using System.ComponentModel;
using System.Globalization;

namespace Leda.Harness.Scenarios.Bindings;

/// <summary>Turns the text of a step argument into the type that a method asks for, without anybody's help.</summary>
internal static class StandardConversion
{
    private const string ZeroGuid = "00000000-0000-0000-0000-000000000000";

    /// <summary>Tries to convert.</summary>
    /// <param name="value">A step's text, doc string or table.</param>
    /// <param name="target">What the method asks for.</param>
    /// <param name="culture">How numbers and dates are written.</param>
    /// <param name="result">The converted value, when there is no error.</param>
    /// <returns>The error, or null.</returns>
    public static Exception? TryConvert(object value, Type target, CultureInfo culture, out object? result)
    {
        result = null;
        try
        {
            result = Convert(value, target, culture);
            return null;
        }
        catch (Exception error) when (error is FormatException or OverflowException or InvalidCastException or ArgumentException)
        {
            return error;
        }
    }

    private static object? Convert(object value, Type target, CultureInfo culture)
    {
        if (target.IsInstanceOfType(value)) return value;
        if (value is not string text) throw new InvalidCastException($"A {value.GetType().Name} cannot become a {target.Name}.");
        var underlying = Nullable.GetUnderlyingType(target);
        if (text.Length == 0 && underlying is not null) return null;
        var type = underlying ?? target;
        if (type.IsEnum) return Enum.Parse(type, text.Replace(" ", string.Empty), ignoreCase: true);
        if (type == typeof(Guid)) return ToGuid(text);
        return TryTypeConverter(text, type, culture, out var converted) ? converted : System.Convert.ChangeType(text, type, culture);
    }

    /// <summary>Type converters know more types, <c>ChangeType</c> knows thousands separators and tells the better error.</summary>
    private static bool TryTypeConverter(string text, Type type, CultureInfo culture, out object? converted)
    {
        converted = null;
        var converter = TypeDescriptor.GetConverter(type);
        if (!converter.CanConvertFrom(typeof(string))) return false;
        try
        {
            converted = converter.ConvertFrom(null, culture, text);
            return true;
        }
#pragma warning disable CA1031 // Converters throw whatever they like, also plain Exception; the second way decides what the caller sees.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    /// <summary>The first digits are enough: steps say <c>7f</c> and mean a recognisable id.</summary>
    private static Guid ToGuid(string text)
    {
        if (Guid.TryParse(text, out var guid)) return guid;
        return text.Length < ZeroGuid.Length && Guid.TryParse(text + ZeroGuid[text.Length..], out guid) ? guid : Guid.Empty;
    }
}
