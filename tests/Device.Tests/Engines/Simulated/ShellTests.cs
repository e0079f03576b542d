using Leda.Harness.Device.Engines;

namespace Leda.Harness.Device.Tests.Engines.Simulated;

public sealed class ShellTests
{
    private readonly Laboratory _lab = new();

    [Theory]
    [InlineData("true", 0, 0)]
    [InlineData("false", 0, 1)]
    [InlineData("exit 7", 0, 7)]
    [InlineData("false; exit", 0, 1)]
    [InlineData("false && exit 7", 0, 1)]
    [InlineData("false && true; exit 3", 0, 3)]
    [InlineData("sleep 2; exit 3", 2, 3)]
    [InlineData("sleep 1.5s && sleep 0 && false", 1.5, 1)]
    [InlineData("sleep 1m\n\nexit 4;", 60, 4)]
    [InlineData("trap '' TERM; sleep 1; exit 5", 1, 5)]
    public async Task Script_ByItself_EndsInItsTimeWithItsCode(string script, double seconds, int code)
    {
        var process = await _lab.RunAsync(script);
        if (seconds > 0)
        {
            _lab.Pass(seconds - 0.001);
            Assert.Null(await process.EndAsync());
            _lab.Pass(0.001);
        }

        Assert.Equal(new ProcessExit(code), await process.EndAsync());
    }

    [Fact]
    public async Task Command_WithoutShell_Runs()
    {
        Assert.Equal(new ProcessExit(1), await (await _lab.StartAsync(command: ["/bin/false"])).EndAsync());
        Assert.Equal(new ProcessExit(0), await (await _lab.StartAsync(command: ["echo", "a;", "b"])).EndAsync());
        Assert.Equal(["stdout: a; b\n"], _lab.Lines);
        var sleeper = await _lab.StartAsync(command: ["sleep", "5"]);
        _lab.Pass(5);
        Assert.Equal(new ProcessExit(0), await sleeper.EndAsync());
    }

    [Fact]
    public async Task Echo_QuotesAndLoops_WriteLines()
    {
        await _lab.RunAsync("""echo "one two" '"three"'; while true; do echo tick; sleep 1; done""");
        _lab.Pass(2.5);
        Assert.Equal(["stdout: one two \"three\"\n", "stdout: tick\n", "stdout: tick\n", "stdout: tick\n"], _lab.Lines);
    }

    [Fact]
    public async Task Loop_WasFrozen_GoesOnWithoutCatchingUp()
    {
        var process = await _lab.RunAsync("while true; do echo tick; sleep 1; done");
        await process.PauseAsync();
        _lab.Pass(100);
        await process.ResumeAsync();
        Assert.Equal(2, _lab.Lines.Count);
        _lab.Pass(1);
        Assert.Equal(3, _lab.Lines.Count);
    }

    [Theory]
    [InlineData("sleep 100")]
    [InlineData("sleep infinity")]
    [InlineData("tail -f /dev/null")]
    [InlineData("trap '' TERM; while true; do sleep 1; done")]
    [InlineData("trap 'exit 0' INT; while true; do sleep 1; done")]
    public async Task FirstProcess_NoTrap_IgnoresAllButKill(string script)
    {
        var process = await _lab.RunAsync(script);
        await process.SignalAsync(Signal.Terminate);
        _lab.Pass(31);
        Assert.Null(await process.EndAsync());
        await process.SignalAsync(Signal.Kill);
        Assert.Equal(new ProcessExit(137), await process.EndAsync());
    }

    [Fact]
    public async Task Trap_Signal_WorksWhenTheSleepIsOver()
    {
        var process = await _lab.RunAsync("trap 'echo bye; exit 9' TERM INT; while true; do sleep 1; done");
        _lab.Pass(10.25);
        await process.SignalAsync(Signal.Terminate);
        _lab.Pass(0.5);
        Assert.Null(await process.EndAsync());
        _lab.Pass(0.25);
        Assert.Equal(new ProcessExit(9), await process.EndAsync());
        Assert.Equal(["stdout: bye\n"], _lab.Lines);
    }

    [Theory]
    [InlineData("16M", true)]
    [InlineData(null, false)]
    public async Task TailZero_Limit_IsKilledSoon(string? limit, bool killed)
    {
        var process = await _lab.StartAsync(command: ["sh", "-c", "sleep 1; tail /dev/zero"], memory: limit);
        _lab.Pass(1);
        Assert.Null(await process.EndAsync());
        _lab.Pass(1);
        Assert.Equal(killed ? new ProcessExit(137, OomKilled: true) : null, await process.EndAsync());
        _lab.Pass(100);
        Assert.Equal(killed, process.Exited.IsCompleted);
    }

    [Theory]
    [InlineData("echo $HOME")]
    [InlineData("echo `date`")]
    [InlineData("ls | wc")]
    [InlineData("sleep 5 & wait")]
    [InlineData("false || exit 3")]
    [InlineData("echo a > /f")]
    [InlineData("echo 'a")]
    [InlineData("true &&")]
    [InlineData("&& true")]
    [InlineData("while true; do true; done")]
    [InlineData("while true; do sleep 0; done")]
    [InlineData("while false; do sleep 1; done")]
    [InlineData("while true; do sleep 1;")]
    [InlineData("sleep -1")]
    [InlineData("sleep x")]
    [InlineData("exit 300")]
    [InlineData("trap 'exit 0' NOSUCH")]
    [InlineData("trap 'ls' TERM")]
    [InlineData("A=b")]
    [InlineData("")]
    [InlineData("nginx -g 'daemon off;'")]
    public async Task Command_NotUnderstood_RunsUntilToldToEnd(string script)
    {
        var process = await _lab.RunAsync(script);
        _lab.Pass(1000);
        Assert.Null(await process.EndAsync());
        Assert.Empty(_lab.Lines);
        await process.SignalAsync(Signal.Terminate);
        Assert.Equal(new ProcessExit(0), await process.EndAsync());
    }
}
