namespace Leda.Harness.Simulator.Policies;

/// <summary>A policy was created, changed or deleted. Policies that import it count differently from now on as well.</summary>
/// <param name="Before">The policy before; <see langword="null"/> if it is new.</param>
/// <param name="After">The policy now; <see langword="null"/> if it is gone.</param>
public sealed record PolicyChange(Policy? Before, Policy? After);
