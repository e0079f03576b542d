using System.CommandLine;

namespace Leda.Harness.Cli.Twins;

/// <summary><c>leda-harness twin</c>: looks at digital twins, and removes them.</summary>
internal static class TwinCommands
{
    public static Command Create() => new("twin", "Look at the digital twins of a running harness, or of any Eclipse Ditto.")
    {
        ListCommand.Create(), GetCommand.Create(), WatchCommand.Create(), RemoveCommand.Create(),
    };
}
