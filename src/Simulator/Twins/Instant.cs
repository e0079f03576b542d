namespace Leda.Harness.Simulator.Twins;

/// <summary>Instants as Ditto writes them: ISO 8601 in UTC, no more digits than needed.</summary>
internal static class Instant
{
    public static string ToText(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'");
}
