using Leda.Harness.Device.Engines;

namespace Leda.Harness.Device.Tests.Engines.Simulated;

public sealed class SimulatedEngineTests
{
    private readonly Laboratory _lab = new();

    [Fact]
    public async Task Prepare_SlowPull_TakesItsTimeAndOnlyOnce()
    {
        var container = Laboratory.Container(["SIM_PULL_TIME=3s"]);
        var first = _lab.Engine.PrepareAsync(container, TestContext.Current.CancellationToken);
        _lab.Pass(2.9);
        Assert.False(first.IsCompleted);
        Assert.Empty(await _lab.Engine.ListAsync(TestContext.Current.CancellationToken));
        _lab.Pass(0.1);
        await first;

        Assert.True(_lab.Engine.PrepareAsync(container, TestContext.Current.CancellationToken).IsCompletedSuccessfully);
        Assert.Equal([Laboratory.Id], await _lab.Engine.ListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Prepare_GivenUpWhilePulling_LeavesNothing()
    {
        using var giveUp = new CancellationTokenSource();
        var pull = _lab.Engine.PrepareAsync(Laboratory.Container(["SIM_PULL_TIME=3s"]), giveUp.Token);
        giveUp.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pull);
        Assert.Empty(await _lab.Engine.ListAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("127.0.0.1:35000/nosuch/image:1", "failed to resolve reference \"127.0.0.1:35000/nosuch/image:1\": failed to do request: Head \"http://127.0.0.1:35000/v2/nosuch/image/manifests/1\": dial tcp 127.0.0.1:35000: connect: connection refused")]
    [InlineData("docker.io/library/nosuch:1", "failed to resolve reference \"docker.io/library/nosuch:1\": docker.io/library/nosuch:1: not found")]
    [InlineData("nosuch", "failed to resolve reference \"nosuch\": nosuch: not found")]
    [InlineData("invalid", "failed to resolve reference \"invalid\": object required")]
    [InlineData("registry.invalid:5000/a/b", "failed to resolve reference \"registry.invalid:5000/a/b\": failed to do request: Head \"https://registry.invalid:5000/v2/a/b/manifests/latest\": dial tcp: lookup registry.invalid: no such host")]
    public async Task Prepare_ImageThatCannotBe_IsRefusedInContainerdsWords(string image, string expected)
    {
        var refusal = await Assert.ThrowsAsync<EngineException>(() =>
            _lab.Engine.PrepareAsync(Laboratory.Container(image: image), TestContext.Current.CancellationToken));
        Assert.Equal(expected, refusal.Message);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("alpine:3")]
    [InlineData("localhost:5000/b")]
    [InlineData("x/y@sha256:abcd")]
    [InlineData("ghcr.io/nosuchluck/a:1")]
    [InlineData("::::")]
    public async Task Prepare_AnyOtherImage_Exists(string image) =>
        await _lab.Engine.PrepareAsync(Laboratory.Container(image: image), TestContext.Current.CancellationToken);

    [Fact]
    public async Task Prepare_PullError_IsTheContainersOwnAndNothingIsKept()
    {
        var refusal = await Assert.ThrowsAsync<EngineException>(() =>
            _lab.Engine.PrepareAsync(Laboratory.Container(["SIM_PULL_ERROR=no route = no image"]), TestContext.Current.CancellationToken));
        Assert.Equal("no route = no image", refusal.Message);
        Assert.Empty(await _lab.Engine.ListAsync(TestContext.Current.CancellationToken));
        await _lab.Engine.PrepareAsync(Laboratory.Container(), TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("SIM_PULL_TIME=3", "missing unit")]
    [InlineData("SIM_PULL_TIME=-1s", "from 0s to 720h")]
    [InlineData("SIM_EXIT_AFTER=soon", "invalid duration")]
    [InlineData("SIM_EXIT_CODE=256", "from 0 to 255")]
    [InlineData("SIM_EXIT_CODE=", "from 0 to 255")]
    [InlineData("SIM_IGNORE=TERM", "such as SIGTERM")]
    [InlineData("SIM_IGNORE=SIGKILL", "such as SIGTERM")]
    [InlineData("SIM_PULL_ERROR=", "text of the error")]
    [InlineData("SIM_CPU=5..60", "5..60/30s")]
    [InlineData("SIM_CPU=60..5/30s", "5..60/30s")]
    [InlineData("SIM_CPU=5/30s", "5..60/30s")]
    [InlineData("SIM_CPU=101", "5..60/30s")]
    [InlineData("SIM_CPU=1..2..3/4s", "5..60/30s")]
    [InlineData("SIM_CPU=1..2/0s", "5..60/30s")]
    [InlineData("SIM_MEMORY=20..80M/60s", "20M..80M/1m")]
    [InlineData("SIM_EXITAFTER=2s", null)]
    [InlineData("SIM_EXIT=2s", "there is no SIM_EXIT;")]
    [InlineData("SIM_EXIT_TIME=2s", "there is no SIM_EXIT_TIME;")]
    [InlineData("SIM_CARD=2", null)]
    [InlineData("SIM_CPU", null)]
    [InlineData("SIM_MEMORY=20.5M", null)]
    public async Task Prepare_WordsToTheSimulation_AreReadStrictly(string variable, string? problem)
    {
        var preparing = _lab.Engine.PrepareAsync(Laboratory.Container(["A=b", variable]), TestContext.Current.CancellationToken);
        if (problem is null)
        {
            await preparing;
            return;
        }

        var refusal = await Assert.ThrowsAsync<EngineException>(() => preparing);
        Assert.Contains(variable, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(problem, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_StartError_Fails() =>
        Assert.Equal("no such file", (await Assert.ThrowsAsync<EngineException>(() => _lab.StartAsync(["SIM_START_ERROR=no such file"]))).Message);

    [Fact]
    public async Task Start_SameSeed_SamePidsAndUsage()
    {
        var other = new Laboratory();
        var (one, two) = (await _lab.StartAsync(), await other.StartAsync());
        _lab.Pass(7);
        other.Pass(7);
        Assert.Equal(one.Pid, two.Pid);
        Assert.Equal(await one.MeasureAsync(), await two.MeasureAsync());
        Assert.NotEqual(one.Pid, (await _lab.StartAsync()).Pid);
    }

    [Fact]
    public async Task Remove_Running_KillsAndForgets()
    {
        await _lab.Engine.PrepareAsync(Laboratory.Container(), TestContext.Current.CancellationToken);
        var process = await _lab.StartAsync();
        await _lab.Engine.RemoveAsync(Laboratory.Id, TestContext.Current.CancellationToken);
        Assert.Equal(new ProcessExit(137), await process.EndAsync());
        Assert.Empty(await _lab.Engine.ListAsync(TestContext.Current.CancellationToken));
        await _lab.Engine.RemoveAsync(Laboratory.Id, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Dispose_Running_NothingHappensAnyMore()
    {
        var process = await _lab.StartAsync(["SIM_EXIT_AFTER=2s"]);
        await _lab.Engine.DisposeAsync();
        _lab.Pass(10);
        Assert.Null(await process.EndAsync());
    }
}
