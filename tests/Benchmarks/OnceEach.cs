using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Leda.Harness.Benchmarks;

/// <summary>For what takes milliseconds and more: one operation an iteration, in this process.</summary>
internal sealed class OnceEach : ManualConfig
{
    public OnceEach() => AddJob(Job.Default
        .WithToolchain(InProcessEmitToolchain.Instance)
        .WithStrategy(RunStrategy.Monitoring)
        .WithWarmupCount(5)
        .WithIterationCount(25)
        .WithInvocationCount(1)
        .WithUnrollFactor(1));
}
