namespace Leda.Harness.Simulator.Tests;

/// <summary>The reference material, where it is at hand: <c>$LEDA_REFERENCE</c>, or <c>shared/reference</c> beside the checkout.</summary>
internal static class Reference
{
    /// <summary>The path of a file or folder of it; the test is skipped where it is missing.</summary>
    public static string Find(string name)
    {
        var folders = new List<string>();
        if (Environment.GetEnvironmentVariable("LEDA_REFERENCE") is { Length: > 0 } given)
            folders.Add(given);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            folders.Add(Path.Combine(folder.FullName, "shared", "reference"));
        var path = folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(Path.Exists);
        Assert.SkipWhen(path is null, $"shared/reference/{name} is not beside this repository, nor in $LEDA_REFERENCE");
        return path!;
    }
}
