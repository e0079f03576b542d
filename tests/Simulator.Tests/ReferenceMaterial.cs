namespace Leda.Harness.Simulator.Tests;

/// <summary>What the contract was made from. It is no part of this repository: tests that read it are skipped where it is missing.</summary>
internal static class ReferenceMaterial
{
    /// <summary>A file of it, from <c>$LEDA_REFERENCE</c> or from <c>shared/reference</c> beside the checkout.</summary>
    public static string Find(string name)
    {
        var folders = new List<string>();
        if (Environment.GetEnvironmentVariable("LEDA_REFERENCE") is { Length: > 0 } given)
            folders.Add(given);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            folders.Add(Path.Combine(folder.FullName, "shared", "reference"));
        var file = folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(file is null, $"shared/reference/{name} is not beside this repository, nor in $LEDA_REFERENCE");
        return file!;
    }
}
