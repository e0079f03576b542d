using System.CommandLine;
using System.Globalization;
using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Engines.Containerd;

namespace Leda.Harness.Device.Options;

/// <summary>What the device's own program can be told.</summary>
internal sealed class CommandLine
{
    private readonly Option<Uri> _broker = new("--broker")
    {
        Description = "The MQTT broker, mqtt://host:port; it may come later.",
        HelpName = "URL",
        DefaultValueFactory = _ => new Uri("mqtt://127.0.0.1:1883"),
        CustomParser = result => Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url)
            ? url
            : result.Refuse<Uri>($"'{result.Tokens[0].Value}' is no address; expected mqtt://host:port"),
    };

    private readonly Option<DirectoryInfo?> _data = new("--data")
    {
        Description = "Where state is kept across restarts; without it nothing is kept.",
        HelpName = "DIR",
    };

    private readonly Option<ContainerSupply> _containers = new("--containers")
    {
        Description = "What a new device has: the five of Leda's example, none, or so many made-up ones; with containerd none unless told.",
        HelpName = "demo|none|N",
        DefaultValueFactory = _ => ContainerSupply.Demo,
        CustomParser = result => ContainerSupply.TryParse(result.Tokens[0].Value, out var supply, out var problem)
            ? supply
            : result.Refuse<ContainerSupply>(problem),
    };

    private readonly Option<int?> _seed = new("--seed")
    {
        Description = "Where ids, pids and made-up containers come from; the same again from the same seed.",
        HelpName = "N",
        CustomParser = result => int.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : result.Refuse<int?>($"'{result.Tokens[0].Value}' is no seed; expected a whole number"),
    };

    private readonly Option<string?> _socket = new("--socket")
    {
        Description = "A Unix socket where the verbs below, and kanto-cm, reach this device; without it they do not.",
        HelpName = "PATH",
    };

    private readonly EngineFlags _engine = new();
    private readonly SoftwareFlags _software = new();
    private readonly UpdateAgentFlags _updates = new();

    /// <summary>The command, which runs <paramref name="run"/> with what was given.</summary>
    /// <param name="run">Runs a device until it is told to stop, and gives the exit code.</param>
    public Command Build(Func<Settings, Task<int>> run)
    {
        var command = new RootCommand("A device as Eclipse Leda has them: Kanto's container management, on simulated containers or on real ones.")
        {
            _broker, _data, _containers, _seed, _socket,
        };
        _engine.AddTo(command);
        _software.AddTo(command);
        _updates.AddTo(command);
        command.SetAction(parsed => run(Read(parsed)));
        return command;
    }

    /// <summary>What was given.</summary>
    /// <param name="Broker">The broker's address.</param>
    /// <param name="Seed">The seed, if any.</param>
    /// <param name="Containers">The containers that a new device has.</param>
    /// <param name="Containerd">Where real containers run, if any do.</param>
    /// <param name="Device">What else the device is made of.</param>
    public sealed record Settings(Uri Broker, int? Seed, ContainerSupply Containers, ContainerdOptions? Containerd, DeviceOptions Device);

    private Settings Read(ParseResult parsed)
    {
        var data = parsed.GetValue(_data)?.FullName;
        var containerd = _engine.Read(parsed, data);
        var told = parsed.GetResult(_containers) is { Implicit: false };
        return new Settings(
            parsed.GetRequiredValue(_broker),
            parsed.GetValue(_seed),
            containerd is null || told ? parsed.GetRequiredValue(_containers) : ContainerSupply.None,
            containerd,
            new DeviceOptions
            {
                DataDirectory = data,
                Software = _software.Read(parsed),
                UpdateAgent = _updates.Read(parsed),
                ControlSocket = parsed.GetValue(_socket),
            });
    }
}
