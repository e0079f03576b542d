using Leda.Harness.Device.Options;

namespace Leda.Harness.Device.Tests.Features.Software;

/// <summary>The program's switches for software.</summary>
public sealed class SwitchesTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false, "--strict-downloads")]
    [InlineData(false, true, "--software-extras")]
    [InlineData(true, true, "--software-extras", "--strict-downloads")]
    public async Task Parse_Switches_AreOffUnlessGiven(bool strict, bool extras, params string[] arguments)
    {
        CommandLine.Settings? settings = null;

        await new CommandLine().Build(given =>
        {
            settings = given;
            return Task.FromResult(0);
        }).Parse(arguments).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((strict, extras), (settings!.Device.Software.Downloads.Strict, settings.Device.Software.Extras));
    }
}
