using System.CommandLine.Parsing;

namespace Leda.Harness.Device.Options;

/// <summary>Says what is wrong with an option's value.</summary>
internal static class Refusal
{
    /// <summary>Adds the error, with the option's name before it.</summary>
    /// <returns>No value.</returns>
    public static T? Refuse<T>(this ArgumentResult result, string problem)
    {
        result.AddError($"{(result.Parent as OptionResult)?.Option.Name}: {problem}");
        return default;
    }
}
