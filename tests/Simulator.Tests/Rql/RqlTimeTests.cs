using Leda.Harness.Simulator.Rql;

namespace Leda.Harness.Simulator.Tests.Rql;

public sealed class RqlTimeTests
{
    [Theory]
    [InlineData("time:now", "2026-03-04T09:15:26.502Z")]
    [InlineData("time:now-5m", "2026-03-04T09:10:26.502Z")]
    [InlineData("time:now+7d", "2026-03-11T09:15:26.502Z")]
    [InlineData("time:now+500ms", "2026-03-04T09:15:27.002Z")]
    [InlineData("time:now+2s", "2026-03-04T09:15:28.502Z")]
    [InlineData("time:now-10h", "2026-03-03T23:15:26.502Z")]
    [InlineData("time:now-1w", "2026-02-25T09:15:26.502Z")]
    [InlineData("time:now-1mo", "2026-02-04T09:15:26.502Z")]
    [InlineData("time:now+1y", "2027-03-04T09:15:26.502Z")]
    [InlineData("time:now[ms]", "2026-03-04T09:15:26.502Z")]
    [InlineData("time:now[s]", "2026-03-04T09:15:26Z")]
    [InlineData("time:now[m]", "2026-03-04T09:15:00Z")]
    [InlineData("time:now[h]", "2026-03-04T09:00:00Z")]
    [InlineData("time:now[d]", "2026-03-04T00:00:00Z")]
    [InlineData("time:now[w]", "2026-03-02T00:00:00Z")]
    [InlineData("time:now[mo]", "2026-03-01T00:00:00Z")]
    [InlineData("time:now[y]", "2026-01-01T00:00:00Z")]
    [InlineData("time:now-3d[w]", "2026-02-23T00:00:00Z")]
    [InlineData("time:now-999999999y", "0001-01-01T00:00:00Z")]
    [InlineData("time:now-999999999y[w]", "0001-01-01T00:00:00Z")]
    [InlineData("time:now+999999999mo[y]", "9999-01-01T00:00:00Z")]
    [InlineData("time:now_epoch_millis", "1772615726502")]
    [InlineData("time:now_epoch_millis-1s[s]", "1772615725000")]
    public void At_Instant_IsMovedThenTruncated(string text, string expected) =>
        Assert.Equal(expected, RqlTime.Parse(text)!.At(Subjects.Now).Text);

    [Theory]
    [InlineData("time:")]
    [InlineData("time:later")]
    [InlineData("time:now5m")]
    [InlineData("time:now-5")]
    [InlineData("time:now-5x")]
    [InlineData("time:now-m")]
    [InlineData("time:now[]")]
    [InlineData("time:now[x]")]
    [InlineData("time:now[h]-5m")]
    [InlineData("time:now-1234567890d")]
    public void Parse_Broken_IsRefused(string text) => Assert.Null(RqlTime.Parse(text));
}
