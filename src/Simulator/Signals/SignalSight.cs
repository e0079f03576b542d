using System.Text.Json;

namespace Leda.Harness.Simulator.Signals;

/// <summary>What a subscriber gets to see of a signal that it is told (<c>ditto.md</c> 5.4).</summary>
/// <param name="Value">The signal's value, cut to what may be read; <see langword="null"/> if it has none.</param>
/// <param name="IsWhole">Whether nothing was cut.</param>
/// <param name="Extra">The extra fields; <see langword="null"/> if none were asked for, or none is there.</param>
internal readonly record struct SignalSight(JsonElement? Value, bool IsWhole, JsonElement? Extra);
