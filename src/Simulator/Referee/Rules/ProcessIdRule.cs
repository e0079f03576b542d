using static Leda.Harness.Simulator.Referee.Rules.Examples;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>SEM-11. DEAD keeps the last one, as released agents do; the model lets anybody leave it out.</summary>
internal sealed class ProcessIdRule : SignalRule
{
    private static readonly FeaturePlace _state = new("/properties/status/state");

    public override string Id => Rule.ProcessId;

    public override Severity Severity => Severity.Warning;

    public override string Sentence => "The pid of a container that runs or is paused is 1 or more; that of any other, if there is one, is -1.";

    public override string Hint => "Report the process id of the container while it has one, and -1 afterwards.";

    public override string Source => "payloads.md 5, SEM-11";

    public override IReadOnlyList<ExampleMessage> Passing => [Modify(State, """{"status":"RUNNING","pid":4711}""")];

    public override IReadOnlyList<ExampleMessage> Failing => [Modify(State, """{"status":"RUNNING","pid":-1}""")];

    public override void Check(Signal signal, List<Finding> findings)
    {
        foreach (var part in signal.Features)
        {
            if (part.Family != FeatureFamily.Container || part.Find(_state) is not { } state || state.Value.Text("status"u8) is not { } status)
                continue;
            var pid = state.Value.Whole("pid"u8);
            if (status is "RUNNING" or "PAUSED" && pid < 1)
                findings.Add(Found($"{state.At}/pid", $"1 or more, because the container is {status}", $"{pid}"));
            if (status is "CREATING" or "CREATED" or "STOPPED" or "EXITED" && pid > 0)
                findings.Add(Found($"{state.At}/pid", $"-1 or nothing, because the container is {status}", $"{pid}"));
        }
    }
}
