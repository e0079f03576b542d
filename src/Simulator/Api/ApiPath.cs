namespace Leda.Harness.Simulator.Api;

/// <summary>The path of a request, taken apart as it stands on the wire: slashes are never merged, each segment is percent-decoded by itself
/// (<c>ditto.md</c> 4.1).</summary>
internal static class ApiPath
{
    /// <summary>The segments without the first and one trailing slash.</summary>
    public static string[] Split(string rawTarget)
    {
        var path = Of(rawTarget);
        if (path.StartsWith("/"))
            path = path[1..];
        if (path.EndsWith("/"))
            path = path[..^1];
        return Array.ConvertAll(path.ToString().Split('/'), Uri.UnescapeDataString);
    }

    /// <summary>The path as it stands in a target, which may name the host before it, as for proxies.</summary>
    public static ReadOnlySpan<char> Of(string rawTarget)
    {
        var path = rawTarget.AsSpan();
        if (path.IndexOf('?') is >= 0 and var query)
            path = path[..query];
        if (path.StartsWith("http", StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(rawTarget, UriKind.Absolute, out var absolute))
            path = absolute.AbsolutePath;
        return path;
    }
}
