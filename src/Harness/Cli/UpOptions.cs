using System.CommandLine;
using Leda.Harness.Device.Containers;
using Leda.Harness.Hosting;
using Leda.Harness.Protocol;

namespace Leda.Harness.Cli;

/// <summary>The options of <c>leda-harness up</c>.</summary>
internal sealed class UpOptions
{
    private readonly HttpOptions _http = new();
    private readonly IdentityOptions _identity = new();

    private readonly SchemasOption _schemas = new();

    private readonly Option<int> _port = new("--mqtt-port")
    {
        Description = "MQTT port on loopback; 0 takes any free one.",
        HelpName = "PORT",
        DefaultValueFactory = _ => 1883,
        CustomParser = result => Numbers.Parse(result, 0, 65_535),
    };

    private readonly Option<bool> _noDevice = new("--no-device") { Description = "Bring no device; attach your own." };

    private readonly Option<bool> _noConnector = new("--no-connector") { Description = "Start no cloud connector; announce identities by hand." };

    private readonly Option<ContainerSupply> _containers = new("--containers")
    {
        Description = "What runs on the device: demo, none, or a number of believable containers.",
        HelpName = "demo|none|N",
        DefaultValueFactory = _ => ContainerSupply.Demo,
        CustomParser = result =>
        {
            if (!ContainerSupply.TryParse(result.Tokens[0].Value, out var supply, out var problem))
                result.AddError($"--containers: {problem}.");
            return supply;
        },
    };

    private readonly Option<string?> _data = new("--data") { Description = "Directory in which cloud and device keep their state; in memory by default." };

    private readonly Option<int?> _seed = new("--seed")
    {
        Description = "What all ids are drawn from; a random one by default, shown in the ready line.",
        HelpName = "N",
        CustomParser = result => Numbers.Parse(result, 0, int.MaxValue),
    };

    /// <summary>All of them, in the order in which help shows them.</summary>
    public IEnumerable<Option> All => [_port, .. _http.All, _noDevice, _noConnector, .. _identity.All, _containers, _data, _seed, _schemas.Option];

    /// <summary>What the user asked for.</summary>
    /// <exception cref="UsageException">An option has a value that cannot be.</exception>
    public HarnessOptions Read(ParseResult parsed, int randomSeed)
    {
        var seed = parsed.GetValue(_seed) ?? randomSeed;
        return new HarnessOptions
        {
            MqttPort = parsed.GetValue(_port),
            Http = _http.Read(parsed),
            Device = !parsed.GetValue(_noDevice),
            Connector = !parsed.GetValue(_noConnector),
            Identity = _identity.Read(parsed),
            Containers = parsed.GetValue(_containers)!,
            DataDirectory = DataOf(parsed),
            CloudDirectory = DataOf(parsed),
            Seed = seed,
            Schemas = _schemas.Read(parsed),
            CloudLog = line => Console.Error.WriteLine($"cloud: {PlainText.Of(line)}"),
            DeviceLog = line => Console.Error.WriteLine($"device: {PlainText.Of(line)}"),
        };
    }

    private string? DataOf(ParseResult parsed)
    {
        var path = parsed.GetValue(_data);
        try
        {
            return path is null ? null : Directory.CreateDirectory(path).FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"--data: {e.Message}");
        }
    }
}
