namespace Leda.Harness.Simulator.Messages;

/// <summary>What became of a live message.</summary>
public enum MessageOutcome
{
    /// <summary>The device answered.</summary>
    Answered,

    /// <summary>It went out and nobody answered in time, or before the connector was stopped.</summary>
    TimedOut,

    /// <summary>It did not go out: the connector is offline.</summary>
    Offline,

    /// <summary>It went out and no answer was asked for.</summary>
    Sent,

    /// <summary>It did not go out: the live channel does not take it.</summary>
    Refused,
}
