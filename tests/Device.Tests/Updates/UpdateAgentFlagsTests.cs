using Leda.Harness.Device.Options;

namespace Leda.Harness.Device.Tests.Updates;

/// <summary>The program's switches for the update agent.</summary>
public sealed class UpdateAgentFlagsTests
{
    [Theory]
    [InlineData("--update-agent-system-containers", "a, b", "--update-agent-system-containers", "c")]
    [InlineData("--ua-system-containers=a,b,c")]
    public async Task SystemContainers_InOnePieceOrSeveral_AreAllTaken(params string[] arguments)
    {
        CommandLine.Settings? settings = null;

        await new CommandLine().Build(given =>
        {
            settings = given;
            return Task.FromResult(0);
        }).Parse(["--ua-enable", .. arguments]).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(["a", "b", "c"], settings!.Device.UpdateAgent!.SystemContainers);
    }
}
