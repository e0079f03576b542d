using System.Reflection;

namespace Reqnroll.Assist;

/// <summary>A property or field that a column may name.</summary>
/// <param name="Name">Its name in code.</param>
/// <param name="Type">Its type.</param>
/// <param name="Get">Reads it.</param>
/// <param name="Set">Writes it; null if it cannot be written.</param>
internal sealed record TableMember(string Name, Type Type, Func<object, object?> Get, Action<object, object?>? Set)
{
    public static IReadOnlyList<TableMember> Of(Type type) =>
    [
        .. type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(property => property.CanRead && property.GetIndexParameters().Length == 0)
            .Select(property => new TableMember(property.Name, property.PropertyType, property.GetValue, property.CanWrite ? property.SetValue : null)),
        .. type.GetFields(BindingFlags.Instance | BindingFlags.Public)
            .Select(field => new TableMember(field.Name, field.FieldType, field.GetValue, field.SetValue)),
    ];

    public bool IsNamedBy(string column) => Matches(Name, column);

    /// <summary>Names are the same when their letters and digits are, in any case.</summary>
    public static bool Matches(string name, string column)
        => name.Where(char.IsLetterOrDigit).SequenceEqual(column.Where(char.IsLetterOrDigit), AnyCase.Instance);

    private sealed class AnyCase : IEqualityComparer<char>
    {
        public static readonly AnyCase Instance = new();

        public bool Equals(char x, char y) => char.ToUpperInvariant(x) == char.ToUpperInvariant(y);

        public int GetHashCode(char obj) => char.ToUpperInvariant(obj).GetHashCode();
    }
}
