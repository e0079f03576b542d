using Leda.Harness.Simulator.Referee;

namespace Leda.Harness.Traffic;

/// <summary>Something read from recorded traffic.</summary>
/// <param name="Line">The line it begins on, from 1.</param>
internal abstract record TrafficItem(long Line);

/// <summary>A message.</summary>
/// <param name="Line">The line it begins on, from 1.</param>
/// <param name="Message">What was seen.</param>
/// <param name="Broker">Which of several brokers it was seen on; each is a conversation of its own. Empty where there is one.</param>
internal sealed record TrafficMessage(long Line, SeenMessage Message, string Broker = "") : TrafficItem(Line);

/// <summary>A payload without its message.</summary>
/// <param name="Line">The line it begins on, from 1.</param>
/// <param name="Name">What its author calls it; may be empty.</param>
/// <param name="Schema">What it is said to be.</param>
/// <param name="Document">Its text.</param>
internal sealed record TrafficPayload(long Line, string Name, string Schema, ReadOnlyMemory<byte> Document) : TrafficItem(Line);

/// <summary>The record of another world begins: what follows has nothing to do with what was before.</summary>
/// <param name="Line">Its first line, from 1.</param>
internal sealed record TrafficBeginning(long Line) : TrafficItem(Line);

/// <summary>Lines that cannot be understood.</summary>
/// <param name="Line">The first of them, from 1.</param>
/// <param name="Finding">What is wrong.</param>
internal sealed record TrafficProblem(long Line, Finding Finding) : TrafficItem(Line);
