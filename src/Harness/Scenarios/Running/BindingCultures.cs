using System.Globalization;

namespace Leda.Harness.Scenarios.Running;

/// <summary>The culture in which a feature's arguments are read.</summary>
internal static class BindingCultures
{
    private const string Default = "en-US";

    /// <summary>
    /// The culture of a language. Neutral names become specific; languages that only Gherkin knows (<c>en-pirate</c>) get the
    /// default. The product runs with invariant globalization: names differ then, but numbers and dates are read alike.
    /// </summary>
    public static CultureInfo Of(string? name)
    {
        try
        {
            return CultureInfo.CreateSpecificCulture(name is null or "en" ? Default : name);
        }
        catch (CultureNotFoundException)
        {
            return CultureInfo.CreateSpecificCulture(Default);
        }
    }
}
