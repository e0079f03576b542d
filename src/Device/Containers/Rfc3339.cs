using System.Globalization;

namespace Leda.Harness.Device.Containers;

/// <summary>Times as Go writes them: UTC, trailing zeros of the fraction trimmed, <c>Z</c>. .NET's clock ends at 100 ns.</summary>
internal static class Rfc3339
{
    public static string Format(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
