namespace Leda.Harness.Benchmarks;

/// <summary>The composition root of the benchmarks chooses the machine's clock.</summary>
internal static class Clock
{
#pragma warning disable RS0030 // The composition root.
    public static TimeProvider Real => TimeProvider.System;
#pragma warning restore RS0030
}
