using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Updates;
using Leda.Harness.Protocol.Updates;

namespace Leda.Harness.Device;

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
            : Refuse<Uri>(result, $"'{result.Tokens[0].Value}' is no address; expected mqtt://host:port"),
    };

    private readonly Option<DirectoryInfo?> _data = new("--data")
    {
        Description = "Where state is kept across restarts; without it nothing is kept.",
        HelpName = "DIR",
    };

    private readonly Option<ContainerSupply> _containers = new("--containers")
    {
        Description = "What a new device has: the five of Leda's example, none, or so many made-up ones.",
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

    private readonly Option<bool> _updateAgent = new("--update-agent", "--ua-enable")
    {
        Description = "Switches the update agent on: desired states, commands and inventory on containersupdate/….",
    };

    private readonly Option<bool> _updateAgentDryRun = new("--update-agent-dry-run")
    {
        Description = "The update agent only reports what a desired state would change.",
    };

    private readonly Option<string> _updateAgentDomain = new("--update-agent-domain", "--ua-domain")
    {
        Description = "The update agent's domain, and so its topics.",
        HelpName = "NAME",
        DefaultValueFactory = _ => new UpdateAgentOptions().Domain,
        CustomParser = result => UpdateTopics.Check(result.Tokens[0].Value) is { } problem ? Refuse<string>(result, problem) : result.Tokens[0].Value,
    };

    private readonly Option<string[]> _systemContainers = new("--update-agent-system-containers", "--ua-system-containers")
    {
        Description = "Names of containers that no desired state touches, separated by commas.",
        HelpName = "NAMES",
        CustomParser = result => result.Tokens[0].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
    };

    private readonly Option<bool> _verboseInventory = new("--update-agent-verbose-inventory", "--ua-verbose-inventory-report")
    {
        Description = "The inventory also tells what is as by default.",
    };

    /// <summary>The command, which runs <paramref name="run"/> with what was given.</summary>
    /// <param name="run">Runs a device until it is told to stop, and gives the exit code.</param>
    public Command Build(Func<Settings, Task<int>> run)
    {
        var command = new RootCommand("A device as Eclipse Leda has them: Kanto's container management, on simulated containers.")
        {
            _broker, _data, _containers, _seed, _updateAgent, _updateAgentDryRun, _updateAgentDomain, _systemContainers, _verboseInventory,
        };
        command.Validators.Add(RefuseOrphans);
        command.SetAction(parsed => run(new Settings(
            parsed.GetRequiredValue(_broker),
            parsed.GetValue(_data)?.FullName,
            parsed.GetRequiredValue(_containers),
            parsed.GetValue(_seed),
            UpdateAgent(parsed))));
        return command;
    }

    /// <summary>What was given.</summary>
    /// <param name="Broker">The broker's address.</param>
    /// <param name="Data">The data directory, if any.</param>
    /// <param name="Containers">The containers that a new device has.</param>
    /// <param name="Seed">The seed, if any.</param>
    /// <param name="UpdateAgent">The update agent, if there is one.</param>
    public sealed record Settings(Uri Broker, string? Data, ContainerSupply Containers, int? Seed, UpdateAgentOptions? UpdateAgent);

    private UpdateAgentOptions? UpdateAgent(ParseResult parsed) => !parsed.GetValue(_updateAgent) ? null : new UpdateAgentOptions
    {
        Domain = parsed.GetRequiredValue(_updateAgentDomain),
        SystemContainers = parsed.GetValue(_systemContainers) ?? [],
        VerboseInventory = parsed.GetValue(_verboseInventory),
        DryRun = parsed.GetValue(_updateAgentDryRun),
    };

    /// <summary>Whoever says how the update agent is to be wants one.</summary>
    private void RefuseOrphans(CommandResult result)
    {
        foreach (Option option in (Option[])[_updateAgentDryRun, _updateAgentDomain, _systemContainers, _verboseInventory])
        {
            if (result.GetResult(option) is { Implicit: false } && !result.GetValue(_updateAgent))
                result.AddError($"{option.Name} needs {_updateAgent.Name}");
        }
    }

    private static T? Refuse<T>(ArgumentResult result, string problem)
    {
        result.AddError($"{(result.Parent as OptionResult)?.Option.Name}: {problem}");
        return default;
    }
}
