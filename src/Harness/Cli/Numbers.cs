using System.CommandLine.Parsing;
using System.Globalization;

namespace Leda.Harness.Cli;

/// <summary>Numbers on the command line, refused in words for people.</summary>
internal static class Numbers
{
    /// <summary>Reads the one token of an option.</summary>
    public static int Parse(ArgumentResult result, int least, int most)
    {
        var text = result.Tokens[0].Value;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < least || number > most)
            result.AddError($"{(result.Parent as OptionResult)?.Option.Name} '{text}' is no number from {least} to {most}.");
        return number;
    }
}
