using System.Collections;
using System.Globalization;
using System.Numerics;

namespace Reqnroll.Assist;

/// <summary>What a cell's text means for a member's type, in the current culture.</summary>
internal static class CellValues
{
    private const string ZeroGuid = "00000000-0000-0000-0000-000000000000";

    private static readonly Dictionary<Type, Func<string, object?>> Readers = new()
    {
        [typeof(string)] = text => text,
        [typeof(object)] = text => text,
        [typeof(bool)] = text => text == "1" ? true : text == "0" ? false : bool.TryParse(text, out var value) ? value : null,
        [typeof(char)] = text => text.Length == 1 ? text[0] : null,
        [typeof(Guid)] = ReadGuid,
        [typeof(Uri)] = text => Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out var value) ? value : null,
        [typeof(byte)] = ReadNumber<byte>,
        [typeof(sbyte)] = ReadNumber<sbyte>,
        [typeof(short)] = ReadNumber<short>,
        [typeof(ushort)] = ReadNumber<ushort>,
        [typeof(int)] = ReadNumber<int>,
        [typeof(uint)] = ReadNumber<uint>,
        [typeof(long)] = ReadNumber<long>,
        [typeof(ulong)] = ReadNumber<ulong>,
        [typeof(float)] = ReadNumber<float>,
        [typeof(double)] = ReadNumber<double>,
        [typeof(decimal)] = ReadNumber<decimal>,
        [typeof(DateTime)] = Read<DateTime>,
        [typeof(DateTimeOffset)] = Read<DateTimeOffset>,
        [typeof(DateOnly)] = Read<DateOnly>,
        [typeof(TimeOnly)] = Read<TimeOnly>,
        [typeof(TimeSpan)] = Read<TimeSpan>,
    };

    /// <summary>Whether cells can become such a value at all; members of other types are left alone.</summary>
    public static bool CanBecome(Type type)
        => Readers.ContainsKey(Bare(type)) || Bare(type).IsEnum || (ElementOf(type) is { } element && CanBecome(element));

    /// <summary>The cell's value; what cannot be read becomes the type's default.</summary>
    /// <exception cref="InvalidOperationException">An enum has no such member.</exception>
    public static object? Convert(string text, Type type)
    {
        if (TryRead(text, type, out var value)) return value;
        if (Bare(type).IsEnum) throw new InvalidOperationException($"{Bare(type).Name} has no member '{text}'.");
        return type.IsValueType ? Activator.CreateInstance(type) : null;
    }

    /// <summary>The cell's value, if it can be read as one.</summary>
    public static bool TryRead(string text, Type type, out object? value)
    {
        value = null;
        if (text.Length == 0 && Nullable.GetUnderlyingType(type) is not null) return true;
        if (ElementOf(type) is { } element) return TryReadList(text, type, element, out value);
        var bare = Bare(type);
        if (bare.IsEnum) return Enum.TryParse(bare, text.Replace(" ", string.Empty), ignoreCase: true, out value);
        value = Readers.TryGetValue(bare, out var read) ? read(text) : null;
        return value is not null;
    }

    /// <summary>What a list is a list of; null for anything else.</summary>
    public static Type? ElementOf(Type type)
    {
        if (type.IsArray) return type.GetElementType();
        return type.IsGenericType && type.GenericTypeArguments is [var element] && type.IsAssignableFrom(typeof(List<>).MakeGenericType(element))
            ? element
            : null;
    }

    private static Type Bare(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    private static bool TryReadList(string text, Type type, Type element, out object? value)
    {
        var texts = text.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;
        foreach (var one in texts) list.Add(Convert(one, element));
        value = list;
        if (!type.IsArray) return true;
        var array = Array.CreateInstance(element, list.Count);
        list.CopyTo(array, 0);
        value = array;
        return true;
    }

    private static object? ReadNumber<T>(string text)
        where T : INumberBase<T>
        => T.TryParse(text, NumberStyles.Any, CultureInfo.CurrentCulture, out var value) ? value : null;

    private static object? Read<T>(string text)
        where T : IParsable<T>
        => T.TryParse(text, CultureInfo.CurrentCulture, out var value) ? value : null;

    /// <summary>As in step arguments, the first digits are enough.</summary>
    private static object? ReadGuid(string text)
    {
        if (Guid.TryParse(text, out var value)) return value;
        return text.Length is > 0 and < 36 && Guid.TryParse(text + ZeroGuid[text.Length..], out value) ? value : null;
    }
}
