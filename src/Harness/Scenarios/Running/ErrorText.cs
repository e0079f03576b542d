namespace Leda.Harness.Scenarios.Running;

/// <summary>An exception as a step's author wants to read it: without the frames of the engine that called the step.</summary>
internal static class ErrorText
{
    private static readonly string[] EngineFrames =
    [
        "at Leda.Harness.Scenarios.Bindings.",
        "at Leda.Harness.Scenarios.Running.",
        "at Reqnroll.BoDi.",
        "at System.Reflection.",
        "at System.RuntimeMethodHandle.",
        "at System.Threading.ExecutionContext.",
        "at InvokeStub_",
        "--- End of stack trace from previous location",
    ];

    public static IEnumerable<string> LinesOf(Exception error)
        => error.ToString().Split('\n').Select(line => line.TrimEnd('\r')).Where(line => !IsEngineFrame(line.TrimStart()));

    private static bool IsEngineFrame(string line) => EngineFrames.Any(frame => line.StartsWith(frame, StringComparison.Ordinal));
}
