namespace Leda.Harness;

/// <summary>The one place where tests take the machine's clock: for safety nets and for parts that need a clock that runs.</summary>
internal static class RealTime
{
#pragma warning disable RS0030 // The composition root of the tests.
    public static TimeProvider Provider => TimeProvider.System;
#pragma warning restore RS0030
}
