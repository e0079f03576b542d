using BenchmarkDotNet.Running;
using Leda.Harness.Benchmarks;

if (args is ["broker", ..])
    await BrokerMode.RunAsync(args);
else
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
