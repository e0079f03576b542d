namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>A message of an example.</summary>
/// <param name="Topic">The MQTT topic; empty for a bare envelope.</param>
/// <param name="Payload">The payload.</param>
public sealed record ExampleMessage(string Topic, string Payload)
{
    /// <summary>How long after the beginning of the example it is seen.</summary>
    public TimeSpan After { get; init; }

    /// <summary>Who sends it; empty where it does not matter.</summary>
    public string Who { get; init; } = "";

    /// <summary>The message as it would be seen.</summary>
    /// <param name="beginning">When the example begins.</param>
    public SeenMessage Seen(DateTimeOffset beginning) => new(beginning + After, Topic, System.Text.Encoding.UTF8.GetBytes(Payload)) { Who = Who };
}
