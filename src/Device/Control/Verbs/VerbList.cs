using System.CommandLine;

namespace Leda.Harness.Device.Control.Verbs;

/// <summary>All verbs of the device's command line.</summary>
internal static class VerbList
{
    /// <summary>Adds them to the program's command.</summary>
    /// <param name="root">The program's command, which runs a device.</param>
    /// <param name="time">The clock that patience is measured with.</param>
    public static void AddTo(Command root, TimeProvider time)
    {
        foreach (var verb in new Verb[]
        {
            new CreateVerb(time), new GetVerb(time), new ListVerb(time), new LogsVerb(time), new RemoveVerb(time), new RenameVerb(time),
            new StartVerb(time), new StopVerb(time), new SysinfoVerb(time), new UpdateVerb(time),
        })
        {
            root.Add(verb);
        }
    }

    /// <summary>Reads a command line. What follows the image of <c>create</c> is the container's, whatever it looks like.</summary>
    public static ParseResult Parse(Command root, IReadOnlyList<string> args)
    {
        args = VerbFirst(root, args);
        var create = root.Subcommands.OfType<CreateVerb>().Single();
        return root.Parse(args is [var verb, ..] && verb == create.Name ? create.Separate(args) : args, new() { ResponseFileTokenReplacer = null });
    }

    /// <summary>As with <c>kanto-cm</c>, the options that all verbs have may also stand before the verb.</summary>
    private static IReadOnlyList<string> VerbFirst(Command root, IReadOnlyList<string> args)
    {
        var at = 0;
        while (at < args.Count && Verb.TakesEverywhere(args[at]) is > 0 and var length)
            at += length;
        return at < args.Count && root.Subcommands.Any(verb => verb.Name == args[at] || verb.Aliases.Contains(args[at]))
            ? [args[at], .. args.Take(at), .. args.Skip(at + 1)]
            : args;
    }
}
