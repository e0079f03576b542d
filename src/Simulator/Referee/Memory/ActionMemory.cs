namespace Leda.Harness.Simulator.Referee.Memory;

/// <summary>A software command.</summary>
internal sealed class ActionMemory
{
    private const int MostModules = 200; // of one command; a campaign for a vehicle has tens

    private readonly HashSet<string> _modules = [];

    private ActionMemory(string operation) => Operation = operation;

    /// <summary><c>install</c>, <c>download</c>, <c>remove</c> …</summary>
    public string Operation { get; }

    /// <summary>How many commands carried this correlation id.</summary>
    public int Commands { get; private set; }

    /// <summary>The modules, or the names of what is to be removed.</summary>
    public IReadOnlyCollection<string> Modules => _modules;

    /// <summary>Whether these are all of them.</summary>
    public bool IsComplete { get; private set; } = true;

    public bool Names(string module) => !IsComplete || _modules.Count == 0 || _modules.Contains(module);

    /// <summary>The command, if it is one for software.</summary>
    public static (string CorrelationId, ActionMemory Action)? Of(Signal signal)
    {
        if (signal is not { IsLiveRequest: true, Message: { FeatureId: { } feature } path, Envelope.Value: { } value }
            || path.Subject is not ("install" or "download" or "cancel" or "remove" or "cancelRemove")
            || signal.FamilyOf(feature) != FeatureFamily.SoftwareUpdatable)
        {
            return null;
        }

        var action = new ActionMemory(path.Subject) { Commands = 1 };
        foreach (var module in value.Items("softwareModules"u8))
            action.Add(module.Member("softwareModule"u8) is { } known ? OperationReport.NameOf(known) : null);
        foreach (var item in value.Items("software"u8))
            action.Add(item.Text("name"u8));
        return (value.Text("correlationId"u8) ?? "", action);
    }

    /// <summary>The same correlation id was used once more.</summary>
    public void Repeat(ActionMemory other)
    {
        Commands++;
        foreach (var module in other._modules)
            Add(module);
    }

    private void Add(string? module)
    {
        IsComplete &= _modules.Count < MostModules;
        if (module is not null && IsComplete)
            _modules.Add(module);
    }
}
