using Leda.Harness.Simulator.Tests;
using Leda.Harness.Simulator.Tests.Api;

if (args is [IdleSockets.Mode, var url, var count, var webSockets])
    return await IdleSockets.HoldAsync(new Uri(url), int.Parse(count), bool.Parse(webSockets));
return args.Any(arg => arg is "-automated" or "@@")
    ? await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args)
    : await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
