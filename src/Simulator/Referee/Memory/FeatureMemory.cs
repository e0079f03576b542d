namespace Leda.Harness.Simulator.Referee.Memory;

/// <summary>A feature as its device has stated it.</summary>
internal sealed class FeatureMemory
{
    private const int MostDefinitions = 8; // a feature has one or two

    private static readonly FeaturePlace _status = new("/properties/status");

    /// <summary>Its definitions.</summary>
    public IReadOnlyList<string> Definitions { get; private set; } = [];

    /// <summary>Whether it was announced as a whole, and not deleted since.</summary>
    public bool IsAnnounced { get; private set; }

    public bool IsDeleted { get; private set; }

    /// <summary>The kind of software that it is for.</summary>
    public string? SoftwareModuleType { get; private set; }

    public OperationReport? LastFailed { get; set; }

    public OperationReport? LastOperation { get; set; }

    /// <summary>Ids of activities or uploads that may be spoken of; 100, because few run at a time.</summary>
    public Recent<string, bool> Ids { get; } = new(100);

    public void Announce(FeaturePart whole)
    {
        (IsAnnounced, IsDeleted) = (true, false);
        if (!Definitions.SequenceEqual(whole.Definitions))
            Definitions = [.. whole.Definitions.Where(Conversation.IsWorthKeeping).Take(MostDefinitions)];
        SoftwareModuleType = whole.Find(_status)?.Value.Text("softwareModuleType"u8) is { } type && Conversation.IsWorthKeeping(type) ? type : null;
    }

    public void Delete() => (IsAnnounced, IsDeleted, SoftwareModuleType) = (false, true, null);
}
