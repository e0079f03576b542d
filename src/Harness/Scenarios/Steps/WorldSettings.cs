using Leda.Harness.Simulator.Referee.Contract;

namespace Leda.Harness.Scenarios.Steps;

/// <summary>What kind of world the scenarios of a run live in. The runner registers one; without it they get real MQTT and real time.</summary>
internal sealed class WorldSettings
{
    /// <summary>Whether the bus is in memory, as a virtual clock demands.</summary>
    public bool InMemory { get; init; }

    /// <summary>What all ids of a scenario are drawn from.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The clock.</summary>
#pragma warning disable RS0030 // The composition root of a run under a foreign runner, which registers no settings.
    public TimeProvider Time { get; init; } = TimeProvider.System;
#pragma warning restore RS0030

    /// <summary>Ends all waiting: someone pressed Ctrl+C. None under a virtual clock, where waiting takes no time.</summary>
    public CancellationToken Interrupted { get; init; }

    /// <summary>What messages are judged by; <see langword="null"/> for the contract as it is.</summary>
    public SchemaCatalogue? Schemas { get; init; }

    /// <summary>Takes the journal of each scenario when it is over, before it is closed.</summary>
    public Action<Simulator.Journal.Journal> Finished { get; init; } = _ => { };
}
