namespace Leda.Harness.Simulator.Coverage;

/// <summary>A step from one state to the next.</summary>
internal static class Transition
{
    /// <summary>For people; the first of all comes from nothing.</summary>
    public static string Show(string from, string to) => $"{(from.Length == 0 ? "–" : from)} → {to}";
}
