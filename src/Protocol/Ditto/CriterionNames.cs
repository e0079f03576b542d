namespace Leda.Harness.Protocol.Ditto;

/// <summary>The wire spelling of <see cref="Criterion"/>.</summary>
public static class CriterionNames
{
    private static readonly string[] _names = ["commands", "events", "messages", "errors", "search", "acks", "announcements", "streaming"];

    internal static string All => string.Join(", ", _names);

    /// <summary>The criterion as it stands in a topic.</summary>
    public static string ToWire(this Criterion criterion) => _names[(int)criterion];

    /// <summary>The criterion of that spelling, or <see langword="null"/>.</summary>
    public static Criterion? Parse(string text)
    {
        var index = Array.IndexOf(_names, text);
        return index < 0 ? null : (Criterion)index;
    }
}
