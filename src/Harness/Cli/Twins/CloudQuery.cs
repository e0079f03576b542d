namespace Leda.Harness.Cli.Twins;

/// <summary>The query of a request: those parameters that are there, escaped.</summary>
internal sealed record CloudQuery(string? Filter = null, string? Namespaces = null, string? Fields = null)
{
    /// <summary>The query with its question mark; empty if it has no parameters.</summary>
    public override string ToString() => With("option", null);

    /// <summary>The same with one more parameter.</summary>
    public string With(string name, string? value)
    {
        var given = new[] { ("filter", Filter), ("namespaces", Namespaces), ("fields", Fields), (name, value) }
            .Where(p => p.Item2 is not null)
            .Select(p => $"{p.Item1}={Uri.EscapeDataString(p.Item2!)}");
        return string.Join('&', given) is { Length: > 0 } text ? $"?{text}" : "";
    }
}
