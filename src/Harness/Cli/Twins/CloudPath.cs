using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Cli.Twins;

/// <summary>Paths below <c>/api/2</c>, each segment escaped by itself.</summary>
internal static class CloudPath
{
    /// <summary>The path of a thing, or of something below it.</summary>
    /// <exception cref="UsageException">It is no thing's id.</exception>
    public static string Thing(string id, string below = "") => ThingId.TryParse(id, out _, out var problem)
        ? $"things/{Escape(id)}{Below(below)}"
        : throw new UsageException($"{problem}.");

    /// <summary>The path of a message to a feature (<c>ditto.md</c> 3.2).</summary>
    /// <inheritdoc cref="Thing"/>
    public static string Message(string id, string feature, string subject) =>
        $"{Thing(id)}/features/{Escape(feature)}/inbox/messages{Below(subject)}";

    private static string Below(string path) =>
        path.Trim('/') is { Length: > 0 } inner ? $"/{string.Join('/', inner.Split('/').Select(Escape))}" : "";

    private static string Escape(string segment) => Uri.EscapeDataString(segment).Replace("%3A", ":", StringComparison.Ordinal);
}
