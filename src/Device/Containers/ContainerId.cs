using System.Text.RegularExpressions;

namespace Leda.Harness.Device.Containers;

/// <summary>What an id may be. It names a directory, a feature and a container of containerd, whose rule this is.</summary>
internal static partial class ContainerId
{
    private const int Longest = 76;

    /// <summary>Why this is no id, or <see langword="null"/>.</summary>
    public static string? Check(string id) =>
        id.Length > Longest ? $"identifier \"{id}\" greater than maximum length ({Longest} characters): invalid argument"
        : !Pattern().IsMatch(id) ? $"identifier \"{id}\" must match ^{Words}$: invalid argument"
        : null;

    private const string Words = "[A-Za-z0-9]+(?:[._-](?:[A-Za-z0-9]+))*";

    [GeneratedRegex(@"\A" + Words + @"\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();
}
