using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Signals;

namespace Leda.Harness.Simulator.Search;

/// <summary>What stands in a command of the search protocol (<c>ditto.md</c> 5.6); <see langword="null"/> is what does not.</summary>
internal sealed record SearchCommand
{
    public string? Filter { get; private init; }

    public string? Options { get; private init; }

    /// <summary>The namespaces between commas.</summary>
    public string? Namespaces { get; private init; }

    public string? SubscriptionId { get; private init; }

    /// <summary>How many pages are requested.</summary>
    public long? Demand { get; private init; }

    /// <summary>Which member is wrong.</summary>
    public DittoError? Error { get; private init; }

    /// <summary>Reads a command's value.</summary>
    /// <returns><see langword="false"/> if a member is wrong; then nothing but <see cref="Error"/> counts.</returns>
    public static bool TryRead(Envelope command, out SearchCommand read)
    {
        var members = new CommandMembers(command);
        read = new SearchCommand
        {
            Filter = members.Text("filter"),
            Options = members.Text("options"),
            Namespaces = Names(members),
            SubscriptionId = members.Text("subscriptionId"),
            Demand = members.Number("demand"),
            Error = members.Error,
        };
        return read.Error is null;
    }

    private static string? Names(CommandMembers members)
    {
        if (members.Find("namespaces") is not { } member)
            return null;
        if (member.ValueKind == JsonValueKind.Array && member.EnumerateArray().All(n => n.ValueKind == JsonValueKind.String))
            return string.Join(',', member.EnumerateArray().Select(n => n.GetString()));
        members.Refuse("namespaces", "an array of strings");
        return null;
    }
}
