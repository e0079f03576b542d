using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Leda.Harness.Conformance;
using Leda.Harness.Hosting;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Reports;

namespace Leda.Harness.Cli;

/// <summary>The options of <c>leda-harness conform</c>.</summary>
internal sealed class ConformOptions
{
    private readonly IdentityOptions _identity = new();
    private readonly SchemasOption _schemas = new();
    private readonly CoverageOption _coverage = new();
    private readonly Option<string?> _broker = new("--broker") { Description = "A broker that the device is connected to, mqtt://[user:password@]host[:port].", HelpName = "URL" };
    private readonly Option<bool> _embedded = new("--embedded") { Description = "Bring a broker, and our own device unless --no-device is given." };
    private readonly Option<bool> _noDevice = new("--no-device") { Description = "With --embedded: wait for your device." };

    private readonly Option<int> _port = new("--mqtt-port")
    {
        Description = "With --embedded: MQTT port on loopback; 0 takes any free one.",
        HelpName = "PORT",
        DefaultValueFactory = _ => 1883,
        CustomParser = result => Numbers.Parse(result, 0, 65_535),
    };

    private readonly Option<string> _profile = new("--profile") { Description = "What kind of device it is: kanto-containers.", DefaultValueFactory = _ => "kanto-containers" };
    private readonly Option<bool> _destructive = new("--destructive") { Description = "Also make and remove containers, and send what is known to end the original." };
    private readonly Option<string[]> _only = new("--filter") { Description = "Only requirements whose id begins so, such as HS or OP-05; may be repeated.", HelpName = "ID" };
    private readonly Option<string> _image = new("--image") { Description = "Image of the containers that are made.", HelpName = "REF", DefaultValueFactory = _ => "docker.io/library/influxdb:1.8.4" };
    private readonly Option<string> _wait = Duration("--wait", "How long to wait for the broker and the device.", "30s");
    private readonly Option<string> _timeout = Duration("--timeout", "How long an answer or an update may take; six times as long where images are pulled or processes end.", "10s");

    private readonly Option<string> _artifacts = new("--artifact-address")
    {
        Description = "Address of this machine where the device can fetch files.",
        HelpName = "IP",
        DefaultValueFactory = _ => "127.0.0.1",
    };

    private readonly Option<string?> _junit = new("--junit") { Description = "File to write a JUnit report to.", HelpName = "FILE" };
    private readonly Option<string?> _json = new("--json") { Description = "File to write the report as JSON to.", HelpName = "FILE" };
    private readonly Option<string?> _markdown = new("--markdown") { Description = "File to write the report as Markdown to.", HelpName = "FILE" };
    private readonly Option<string?> _html = new("--html") { Description = "File to write the report as one HTML page to.", HelpName = "FILE" };

    /// <summary>All of them, in the order in which help shows them.</summary>
    public IEnumerable<Option> All =>
    [
        _broker, _embedded, _noDevice, _port, .. _identity.All, _profile, _destructive, _only, _image, _wait, _timeout, _artifacts, _schemas.Option, _junit, _json, _markdown, _html, .. _coverage.All,
    ];

    /// <summary>What the user asked for.</summary>
    /// <exception cref="UsageException">An option has a value that cannot be, or two do not go together.</exception>
    public ConformSettings Read(ParseResult parsed)
    {
        var broker = parsed.GetValue(_broker);
        if (broker is null == !parsed.GetValue(_embedded))
            throw new UsageException("Where is the device? Give one of --broker URL, the broker that it is connected to, and --embedded, a broker of our own.");
        if (broker is not null && parsed.GetValue(_noDevice))
            throw new UsageException("--no-device goes with --embedded: on another broker no device is brought.");
        var identity = _identity.Read(parsed);
        var (address, user, password) = broker is null ? default : AddressOf(broker);
        var schemas = _schemas.Read(parsed);
        var profile = ProfileOf(parsed.GetValue(_profile)!);
        return new ConformSettings
        {
            Coverage = _coverage.Open(parsed, schemas),
            Broker = address,
            UserName = user,
            Password = password,
            Profile = profile,
            ArtifactAddress = IPAddress.TryParse(parsed.GetValue(_artifacts), out var ip) && !ip.Equals(IPAddress.Any)
                ? ip
                : throw new UsageException($"--artifact-address: '{PlainText.Of(parsed.GetValue(_artifacts)!)}' is no IP address that a device can be told."),
            Options = new ConformanceOptions
            {
                Identity = identity,
                Destructive = parsed.GetValue(_destructive),
                Image = parsed.GetValue(_image)!,
                Wait = Span(parsed, _wait),
                Limit = Span(parsed, _timeout),
                Only = [.. (parsed.GetValue(_only) ?? []).Select(start => Known(start, profile))],
                Seed = RandomNumberGenerator.GetInt32(int.MaxValue),
            },
            Harness = new HarnessOptions
            {
                MqttPort = parsed.GetValue(_port),
                Device = !parsed.GetValue(_noDevice),
                Identity = identity,
                Schemas = schemas,
            },
            Outputs = new ConformanceOutputs(parsed.GetValue(_junit), parsed.GetValue(_json), parsed.GetValue(_markdown), parsed.GetValue(_html)),
        };
    }

    private static Option<string> Duration(string name, string description, string value) =>
        new(name) { Description = description, HelpName = "SPAN", DefaultValueFactory = _ => value };

    private static TimeSpan Span(ParseResult parsed, Option<string> option)
    {
        var text = parsed.GetValue(option)!;
        var digits = text.EndsWith('s') ? text[..^1] : text;
        return double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= 3600
            ? TimeSpan.FromSeconds(seconds)
            : throw new UsageException($"{option.Name}: '{PlainText.Of(text)}' is no time such as 10s, up to an hour.");
    }

    private static ConformanceProfile ProfileOf(string name) => ConformanceProfile.All.TryGetValue(name, out var profile)
        ? profile
        : throw new UsageException($"--profile: '{PlainText.Of(name)}' is unknown; there is {string.Join(", ", ConformanceProfile.All.Keys)}.");

    private static string Known(string start, ConformanceProfile profile) => profile.Requirements.Any(r => r.Id.StartsWith(start, StringComparison.OrdinalIgnoreCase))
        ? start
        : throw new UsageException($"--filter: no requirement's id begins with '{PlainText.Of(start)}'; there are {string.Join(", ", profile.Requirements.Select(r => r.Id[..2]).Distinct())}.");

    private static (Uri Address, string? User, string? Password) AddressOf(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var given))
            throw new UsageException($"--broker: '{PlainText.Of(text)}' is no address; expected mqtt://host:port.");
        var parts = given.UserInfo.Length == 0 ? [] : given.UserInfo.Split(':', 2);
        var address = given.UserInfo.Length == 0 ? given : new UriBuilder(given) { UserName = "", Password = "" }.Uri;
        if (MqttBusFactory.Check(address) is { } problem)
            throw new UsageException($"--broker: {problem}; expected mqtt://[user:password@]host[:port].");
        return (address, parts.Length > 0 ? Uri.UnescapeDataString(parts[0]) : null, parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : null);
    }
}
