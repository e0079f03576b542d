using System.CommandLine;
using System.CommandLine.Parsing;
using Leda.Harness.Device.Updates;
using Leda.Harness.Protocol.Updates;

namespace Leda.Harness.Device.Options;

/// <summary>Whether there is an update agent, and how it is.</summary>
internal sealed class UpdateAgentFlags
{
    private readonly Option<bool> _on = new("--update-agent", "--ua-enable")
    {
        Description = "Switches the update agent on: desired states, commands and inventory on containersupdate/….",
    };

    private readonly Option<bool> _dryRun = new("--update-agent-dry-run")
    {
        Description = "The update agent only reports what a desired state would change.",
    };

    private readonly Option<string> _domain = new("--update-agent-domain", "--ua-domain")
    {
        Description = "The update agent's domain, and so its topics.",
        HelpName = "NAME",
        DefaultValueFactory = _ => new UpdateAgentOptions().Domain,
        CustomParser = result => UpdateTopics.Check(result.Tokens[0].Value) is { } problem ? result.Refuse<string>(problem) : result.Tokens[0].Value,
    };

    private readonly Option<string[]> _systemContainers = new("--update-agent-system-containers", "--ua-system-containers")
    {
        Description = "Names of containers that no desired state touches, separated by commas.",
        HelpName = "NAMES",
        CustomParser = result =>
            [.. result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))],
    };

    private readonly Option<bool> _verbose = new("--update-agent-verbose-inventory", "--ua-verbose-inventory-report")
    {
        Description = "The inventory also tells what is as by default.",
    };

    public void AddTo(Command command)
    {
        command.Add(_on);
        foreach (var option in Details)
            command.Add(option);
        command.Validators.Add(RefuseOrphans);
    }

    public UpdateAgentOptions? Read(ParseResult parsed) => !parsed.GetValue(_on) ? null : new UpdateAgentOptions
    {
        Domain = parsed.GetRequiredValue(_domain),
        SystemContainers = parsed.GetValue(_systemContainers) ?? [],
        VerboseInventory = parsed.GetValue(_verbose),
        DryRun = parsed.GetValue(_dryRun),
    };

    private Option[] Details => [_dryRun, _domain, _systemContainers, _verbose];

    /// <summary>Whoever says how the update agent is to be wants one.</summary>
    private void RefuseOrphans(CommandResult result)
    {
        foreach (var option in Details)
        {
            if (result.GetResult(option) is { Implicit: false } && !result.GetValue(_on))
                result.AddError($"{option.Name} needs {_on.Name}");
        }
    }
}
