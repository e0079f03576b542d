using System.Text.RegularExpressions;

namespace Leda.Harness.Scenarios.Expressions;

/// <summary>
/// The names that may stand in braces, and what each one matches. A name only chooses a pattern: the value is converted to
/// whatever type the step method asks for.
/// </summary>
internal sealed class ParameterTypes
{
    private const string Anything = ".*";
    private const string Integer = @"-?\d+";

    /// <summary>Any punctuation or space may group digits or stand before the decimals: what it means is for the culture to say.</summary>
    private const string Number = @"[-+]?\p{P}?\d+(?:[\p{P}\p{Zs}]\d+)*(?:E[-+]?\d+)?";

    /// <summary>In single or double quotes, which are not handed over. Of the two groups only one takes part.</summary>
    private const string Quoted = """(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')""";

    private static readonly Dictionary<Type, string> Aliases = new()
    {
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(byte)] = "byte",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    private readonly Dictionary<string, List<string>> _patterns = [];
    private readonly Dictionary<string, HashSet<Type>> _enums = [];

    public ParameterTypes()
    {
        foreach (var name in (string[])["int", "long", "byte", "Int32", "Int64", "Int16", "Byte"]) Add(name, Integer);
        foreach (var name in (string[])["float", "double", "decimal", "Single", "Double", "Decimal"]) Add(name, Number);
        foreach (var name in (string[])["", "Boolean", "Char", "DateTime", "Guid"]) Add(name, Anything);
        Add("word", @"\S+");
    }

    /// <summary>Makes an enum known under its short and its full name.</summary>
    public void AddEnum(Type type)
    {
        foreach (var name in NamesOf(type))
        {
            if (!_enums.TryGetValue(name, out var types)) _enums[name] = types = [];
            types.Add(type);
            Add(name, Anything);
        }
    }

    /// <summary>Makes a transformation known under its name, else under the names of the type that it makes.</summary>
    public void AddTransformation(string? name, Type type, string? regex)
    {
        foreach (var one in name is null ? NamesOf(type) : [name]) Add(one, WithoutGroups(regex));
    }

    /// <summary>The pattern of a parameter, with the groups that make its argument.</summary>
    /// <returns>Null when nobody knows the name.</returns>
    /// <exception cref="InvalidOperationException">Two enums share the short name.</exception>
    public string? Find(string name)
    {
        if (name == "string") return Quoted;
        if (_enums.TryGetValue(name, out var types) && types.Count > 1)
            throw new InvalidOperationException($"'{name}' may be any of {string.Join(", ", types.Select(type => type.FullName).Order())}.");
        if (!_patterns.TryGetValue(name, out var patterns)) return null;
        return patterns is [var only] ? $"({only})" : $"((?:{string.Join(")|(?:", patterns)}))";
    }

    private void Add(string name, string pattern)
    {
        if (!_patterns.TryGetValue(name, out var patterns)) _patterns[name] = patterns = [];
        if (!patterns.Contains(pattern)) patterns.Add(pattern);
    }

    private static IEnumerable<string> NamesOf(Type type)
    {
        IEnumerable<string> names = [type.Name, type.FullName ?? type.Name];
        return Aliases.TryGetValue(type, out var alias) ? names.Append(alias) : names;
    }

    /// <summary>
    /// A parameter is one argument, so the groups of a transformation's own expression must not count here; where telling a
    /// group from a literal parenthesis would take a parser, anything matches and the conversion decides.
    /// </summary>
    private static string WithoutGroups(string? regex)
    {
        if (regex is null || regex.Contains("(?") || regex.Contains(@"\(") || Regex.IsMatch(regex, @"\[[^\]]*\(")) return Anything;
        var bare = regex.StartsWith('^') ? regex[1..] : regex;
        if (bare.EndsWith('$') && !bare.EndsWith(@"\$")) bare = bare[..^1];
        return bare.Replace("(", "(?:");
    }
}
