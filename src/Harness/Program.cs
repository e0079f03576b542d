using Leda.Harness.Cli;

#pragma warning disable RS0030 // The composition root: here the clock is chosen.
return await CommandLine.RunAsync(args, TimeProvider.System);
#pragma warning restore RS0030
