using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Protocol.Tests.Ditto;

public sealed class DittoDurationTests
{
    [Theory]
    [InlineData("10", 10_000)]
    [InlineData("500ms", 500)]
    [InlineData("2s", 2_000)]
    [InlineData("1m", 60_000)]
    [InlineData("0", 0)]
    [InlineData("59m", 59 * 60_000)]
    [InlineData("60m", 60_000)]
    [InlineData("-1", 60_000)]
    [InlineData("soon", 60_000)]
    [InlineData("", 60_000)]
    [InlineData("99999999999999999999", 60_000)]
    [InlineData(null, 60_000)]
    public void OrDefault_Text_IsReadAsTheSuiteConnectorReadsIt(string? text, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), DittoDuration.OrDefault(text));
}
