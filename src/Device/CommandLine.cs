using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Engines.Containerd;

namespace Leda.Harness.Device;

/// <summary>What the device's own program can be told.</summary>
internal sealed class CommandLine
{
    private const string Simulated = "simulated";
    private const string RealContainers = "containerd";

    /// <summary>Where the engine's files are if the device keeps nothing.</summary>
    private const string Volatile = "/run/leda-harness";

    private readonly Option<Uri> _broker = new("--broker")
    {
        Description = "The MQTT broker, mqtt://host:port; it may come later.",
        HelpName = "URL",
        DefaultValueFactory = _ => new Uri("mqtt://127.0.0.1:1883"),
        CustomParser = result => Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url)
            ? url
            : Refuse<Uri>(result, $"'{result.Tokens[0].Value}' is no address; expected mqtt://host:port"),
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
            : Refuse<ContainerSupply>(result, problem),
    };

    private readonly Option<int?> _seed = new("--seed")
    {
        Description = "Where ids, pids and made-up containers come from; the same again from the same seed.",
        HelpName = "N",
        CustomParser = result => int.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : Refuse<int?>(result, $"'{result.Tokens[0].Value}' is no seed; expected a whole number"),
    };

    private readonly Option<string> _engine = new Option<string>("--engine")
    {
        Description = "What runs the containers.",
        DefaultValueFactory = _ => Simulated,
    }.AcceptOnlyFromAmong(Simulated, RealContainers);

    private readonly Option<string> _address = new("--containerd-address")
    {
        Description = "containerd's socket.",
        HelpName = "PATH",
        DefaultValueFactory = _ => ContainerdOptions.UsualAddress,
    };

    private readonly Option<string> _namespace = new("--containerd-namespace")
    {
        Description = "containerd's namespace for images and containers.",
        HelpName = "NAME",
        DefaultValueFactory = _ => ContainerdOptions.UsualNamespace,
    };

    /// <summary>The command, which runs <paramref name="run"/> with what was given.</summary>
    /// <param name="run">Runs a device until it is told to stop, and gives the exit code.</param>
    public Command Build(Func<Settings, Task<int>> run)
    {
        var command = new RootCommand("A device as Eclipse Leda has them: Kanto's container management, on simulated containers or on real ones.")
        {
            _broker, _data, _containers, _seed, _engine, _address, _namespace,
        };
        command.SetAction(parsed => run(new Settings(
            parsed.GetRequiredValue(_broker), parsed.GetValue(_data)?.FullName, Containers(parsed), parsed.GetValue(_seed), Containerd(parsed))));
        return command;
    }

    private ContainerSupply Containers(ParseResult parsed) =>
        parsed.GetRequiredValue(_engine) == RealContainers && parsed.GetResult(_containers) is null or { Implicit: true }
            ? ContainerSupply.None
            : parsed.GetRequiredValue(_containers);

    private ContainerdOptions? Containerd(ParseResult parsed)
    {
        if (parsed.GetRequiredValue(_engine) != RealContainers)
            return null;
        var name = parsed.GetRequiredValue(_namespace);
        return new ContainerdOptions
        {
            Address = parsed.GetRequiredValue(_address),
            Namespace = name,
            Directory = parsed.GetValue(_data) is { } data ? Path.Combine(data.FullName, "engine") : Path.Combine(Volatile, name),
        };
    }

    /// <summary>What was given.</summary>
    /// <param name="Broker">The broker's address.</param>
    /// <param name="Data">The data directory, if any.</param>
    /// <param name="Containers">The containers that a new device has.</param>
    /// <param name="Seed">The seed, if any.</param>
    /// <param name="Containerd">Where real containers run, if any do.</param>
    public sealed record Settings(Uri Broker, string? Data, ContainerSupply Containers, int? Seed, ContainerdOptions? Containerd);

    private static T? Refuse<T>(ArgumentResult result, string problem)
    {
        result.AddError($"{(result.Parent as OptionResult)?.Option.Name}: {problem}");
        return default;
    }
}
