namespace Leda.Harness.Simulator.Referee.Memory;

/// <summary>A thing, as far as it was spoken of.</summary>
internal sealed class ThingMemory
{
    /// <summary>Its features; 250 are far more than the containers of a gateway.</summary>
    public Recent<string, FeatureMemory> Features { get; } = new(250);

    /// <summary>Its software commands, by feature and correlation id; 100, because an operation lasts minutes and few run at a time.</summary>
    public Recent<(string Feature, string CorrelationId), ActionMemory> Actions { get; } = new(100);

    /// <summary>Its software operations, by feature, correlation id and module; 200, because a command has some modules.</summary>
    public Recent<(string Feature, string CorrelationId, string Subject), OperationMemory> Operations { get; } = new(200);

    /// <summary>Who was seen to announce the features of this thing from the beginning; 10, because few agents speak for one thing.</summary>
    public Recent<string, bool> Announcers { get; } = new(10);

    /// <summary>Whether its device was heard, so that the twin's events say nothing new.</summary>
    public bool HasSpoken { get; set; }

    /// <summary>Whether a command to it was seen.</summary>
    public bool WasAsked { get; set; }

    public long? Revision { get; set; }

    public FeatureMemory Feature(string id)
    {
        if (!Features.TryFind(id, out var feature))
            Features.Put(id, feature = new FeatureMemory());
        return feature;
    }
}
