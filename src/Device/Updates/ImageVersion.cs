namespace Leda.Harness.Device.Updates;

/// <summary>The version that an image reference tells (<c>kanto-container-management.md</c> 3.5).</summary>
internal static class ImageVersion
{
    /// <summary>In the last segment what follows <c>@</c>, else what follows <c>:</c>, else <c>n/a</c>.</summary>
    public static string Of(string image)
    {
        var name = image[(image.LastIndexOf('/') + 1)..];
        return After('@') ?? After(':') ?? "n/a";

        string? After(char mark) => name.IndexOf(mark, StringComparison.Ordinal) is >= 0 and var at && at + 1 < name.Length ? name[(at + 1)..] : null;
    }
}
