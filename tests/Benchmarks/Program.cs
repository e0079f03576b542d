using BenchmarkDotNet.Running;
using Leda.Harness.Benchmarks;

switch (args)
{
    case ["broker" or "harness", ..]:
        await BrokerMode.RunAsync(args);
        break;
    case ["twin-latency", ..]:
        await TwinLatencyMode.RunAsync(args);
        break;
    case ["device", ..]:
        await DeviceMode.RunAsync(args);
        break;
    case ["referee", ..]:
        RefereeMode.Run(args);
        break;
    case ["referee-rate", ..]:
        await RefereeRateMode.RunAsync(args);
        break;
    case ["ditto", ..]:
        await DittoMode.RunAsync(args);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(StartBenchmark).Assembly).Run(args);
        break;
}
