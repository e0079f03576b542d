using System.Collections.Immutable;
using System.Net;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Api;

/// <summary>How the cloud is offered over HTTP.</summary>
public sealed record ApiOptions
{
    /// <summary>The users of the Docker set-up of Eclipse Ditto: <c>ditto</c> with the password <c>ditto</c>.</summary>
    public static ImmutableDictionary<string, string> DefaultUsers { get; } =
        ImmutableDictionary<string, string>.Empty.Add("ditto", "ditto");

    /// <summary>The address to listen on; default loopback.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The port; default 8080, 0 means any free one.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>How long a caller waits for the answer to a message if the request does not say; default 60 s, as Ditto's gateway
    /// (<c>ditto.md</c> 3.2).</summary>
    public TimeSpan MessageTimeout { get; init; } = DittoDuration.Default;

    /// <summary>How long a request may dawdle before its connection is closed: its head altogether, its body with less than 240 bytes a
    /// second; default 10 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Names and passwords; default <see cref="DefaultUsers"/>. A user's subject is <c>nginx:&lt;name&gt;</c> (<c>ditto.md</c> 4.3).</summary>
    public ImmutableDictionary<string, string> Users { get; init; } = DefaultUsers;

    /// <summary>The subjects of all users: they may do everything with what devices bring.</summary>
    public ImmutableArray<string> Owners => [.. Users.Keys.Order(StringComparer.Ordinal).Select(SubjectOf)];

    /// <summary>The authorization subject of a user, as the nginx before Ditto makes it.</summary>
    public static string SubjectOf(string user) => $"nginx:{user}";

    /// <summary>Whether the header <c>x-ditto-pre-authenticated</c> is believed, whoever sends it; default false.</summary>
    public bool PreAuthenticated { get; init; }

    /// <summary>The namespace of things that are made without an id; default <c>org.eclipse.ditto</c>, as Ditto's.</summary>
    public string DefaultNamespace { get; init; } = "org.eclipse.ditto";
}
