using Leda.Harness.Simulator.Tests.Parity;

[assembly: RowRecorder]
[assembly: AssemblyFixture(typeof(ParityReport))]
