using System.CommandLine;
using System.Globalization;

namespace Leda.Harness.Device.Control.Verbs;

/// <summary>Options that behave as the original's: the last one counts, and lists may be given in pieces.</summary>
internal static class Flag
{
    /// <summary>A text.</summary>
    public static Option<string> Text(string name, string? alias, string description, string helpName, string otherwise = "") =>
        Last(name, alias, description, helpName, text => text, otherwise);

    /// <summary>A whole number; absent if it is not given and has no default.</summary>
    public static Option<long?> Number(string name, string? alias, string description, long? otherwise = null) => Last(
        name, alias, description, "N", text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? (long?)number : throw NotWhole(name, text), otherwise);

    /// <summary>Something that is so or not.</summary>
    public static Option<bool> Switch(string name, string? alias, string description) =>
        alias is null ? new(name) { Description = description } : new(name, alias) { Description = description };

    /// <summary>Several texts, one each time.</summary>
    public static Option<string[]> Each(string name, string description, string helpName) =>
        new(name) { Description = description, HelpName = helpName, AllowMultipleArgumentsPerToken = false };

    /// <summary>Several texts, separated by commas or given one by one.</summary>
    public static Option<string[]> List(string name, string description, string helpName)
    {
        var option = Each(name, description, helpName);
        option.CustomParser = result => [.. result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries))];
        return option;
    }

    private static Option<T> Last<T>(string name, string? alias, string description, string helpName, Func<string, T> read, T otherwise)
    {
        var option = alias is null ? new Option<T>(name) : new Option<T>(name, alias);
        option.Description = description;
        option.HelpName = helpName;
        option.Arity = ArgumentArity.OneOrMore;
        option.AllowMultipleArgumentsPerToken = false;
        option.DefaultValueFactory = _ => otherwise;
        option.CustomParser = result =>
        {
            try
            {
                return read(result.Tokens[^1].Value);
            }
            catch (VerbException e)
            {
                result.AddError(e.Message);
                return otherwise;
            }
        };
        return option;
    }

    private static VerbException NotWhole(string name, string text) =>
        new($"invalid argument \"{text}\" for \"{name}\" flag: strconv.ParseInt: parsing \"{text}\": invalid syntax");
}
