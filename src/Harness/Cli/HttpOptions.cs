using System.Collections.Immutable;
using System.CommandLine;
using System.Net;
using Leda.Harness.Protocol;
using Leda.Harness.Simulator.Api;

namespace Leda.Harness.Cli;

/// <summary>The options of <c>up</c> that say where and for whom the cloud is served over HTTP.</summary>
internal sealed class HttpOptions
{
    private readonly Option<int> _port = new("--http-port")
    {
        Description = "HTTP port for the Ditto API; 0 takes any free one.",
        HelpName = "PORT",
        DefaultValueFactory = _ => new ApiOptions().Port,
        CustomParser = result => Numbers.Parse(result, 0, 65_535),
    };

    private readonly Option<string> _address = new("--http-address")
    {
        Description = "Address to serve HTTP on. Any but loopback wants a user of your own.",
        HelpName = "IP",
        DefaultValueFactory = _ => new ApiOptions().Address.ToString(),
    };

    private readonly Option<string[]> _users = new("--http-user")
    {
        Description = "Who may use the API, instead of ditto:ditto; may be repeated. The subject is nginx:NAME.",
        HelpName = "NAME:PASSWORD",
    };

    private readonly Option<bool> _trusting = new("--pre-authenticated")
    {
        Description = "Believe the header x-ditto-pre-authenticated, whoever sends it.",
    };

    /// <summary>All of them, in the order in which help shows them.</summary>
    public IEnumerable<Option> All => [_port, _address, _users, _trusting];

    /// <summary>What the user asked for.</summary>
    /// <exception cref="UsageException">An option has a value that cannot be.</exception>
    public ApiOptions Read(ParseResult parsed)
    {
        if (!IPAddress.TryParse(parsed.GetValue(_address), out var address))
            throw new UsageException($"--http-address: '{PlainText.Of(parsed.GetValue(_address)!)}' is no IP address; 0.0.0.0 stands for all of this machine's.");
        var users = parsed.GetValue(_users) ?? [];
        if (users.Length == 0 && !IPAddress.IsLoopback(address))
            throw new UsageException($"--http-address {address} can be reached by others: name who may use it with --http-user NAME:PASSWORD.");
        return new ApiOptions
        {
            Port = parsed.GetValue(_port),
            Address = address,
            Users = users.Length > 0 ? users.Select(User).ToImmutableDictionary() : ApiOptions.DefaultUsers,
            PreAuthenticated = parsed.GetValue(_trusting),
        };
    }

    private static KeyValuePair<string, string> User(string text) => text.Split(':', 2) is [{ Length: > 0 } name, { Length: > 0 } password]
        ? new(name, password)
        : throw new UsageException("--http-user: expected NAME:PASSWORD.");
}
