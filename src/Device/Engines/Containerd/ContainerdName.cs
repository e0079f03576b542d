using System.Text.RegularExpressions;

namespace Leda.Harness.Device.Engines.Containerd;

/// <summary>What containerd takes as a container's id or a namespace.</summary>
internal static partial class ContainerdName
{
    /// <summary>The same, for people.</summary>
    public const string Expected = "letters and digits with single '.', '_' or '-' between them, 76 at most";

    public static bool IsValid(string name) => Pattern().IsMatch(name);

    [GeneratedRegex(@"\A(?=.{1,76}\z)[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
