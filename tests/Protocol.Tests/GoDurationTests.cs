namespace Leda.Harness.Protocol.Tests;

public sealed class GoDurationTests
{
    private const long Second = 1_000_000_000;

    [Theory]
    [InlineData("0", 0)]
    [InlineData("+0", 0)]
    [InlineData("0s", 0)]
    [InlineData("5s", 5 * Second)]
    [InlineData("1m30s", 90 * Second)]
    [InlineData("1h2m3s4ms5us6ns", (3723 * Second) + 4_005_006)]
    [InlineData("200ms", 200_000_000)]
    [InlineData("10µs", 10_000)]
    [InlineData("10μs", 10_000)]
    [InlineData("-1.5s", -3 * Second / 2)]
    [InlineData("+2s", 2 * Second)]
    [InlineData(".5s", Second / 2)]
    [InlineData("5.s", 5 * Second)]
    [InlineData("1.0000000019s", Second + 1)]
    [InlineData("0.33333333333333333333333333333333333333h", 1199999999999)]
    [InlineData("5s5s", 10 * Second)]
    [InlineData("9223372036854775807ns", long.MaxValue)]
    [InlineData("-9223372036854775808ns", long.MinValue)]
    public void TryParse_Duration_IsRead(string text, long nanoseconds)
    {
        Assert.True(GoDuration.TryParse(text, out var duration, out var problem), problem);
        Assert.Equal(nanoseconds, duration.Nanoseconds);
    }

    [Theory]
    [InlineData("invalid frequency", "time: invalid duration \"invalid frequency\"")]
    [InlineData("", "time: invalid duration \"\"")]
    [InlineData("-", "time: invalid duration \"-\"")]
    [InlineData(".s", "time: invalid duration \".s\"")]
    [InlineData("PT30S", "time: invalid duration \"PT30S\"")]
    [InlineData(" 5s", "time: invalid duration \" 5s\"")]
    [InlineData("5", "time: missing unit in duration \"5\"")]
    [InlineData("-5", "time: missing unit in duration \"-5\"")]
    [InlineData("1h5", "time: missing unit in duration \"1h5\"")]
    [InlineData("1.2.3s", "time: missing unit in duration \"1.2.3s\"")]
    [InlineData("5d", "time: unknown unit \"d\" in duration \"5d\"")]
    [InlineData("5 s", "time: unknown unit \" s\" in duration \"5 s\"")]
    [InlineData("5S", "time: unknown unit \"S\" in duration \"5S\"")]
    [InlineData("1s\"\\", "time: unknown unit \"s\\\"\\\\\" in duration \"1s\\\"\\\\\"")]
    [InlineData("3é\n", "time: unknown unit \"\\xc3\\xa9\\x0a\" in duration \"3\\xc3\\xa9\\x0a\"")]
    [InlineData("9223372036854775808ns", "time: invalid duration \"9223372036854775808ns\"")]
    [InlineData("99999999999999999999s", "time: invalid duration \"99999999999999999999s\"")]
    [InlineData("3000000h", "time: invalid duration \"3000000h\"")]
    [InlineData("2000000h2000000h", "time: invalid duration \"2000000h2000000h\"")]
    public void TryParse_NoDuration_IsRefusedInTheWordsOfGo(string text, string expected)
    {
        Assert.False(GoDuration.TryParse(text, out _, out var problem));
        Assert.Equal(expected, problem);
    }

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(1, "1ns")]
    [InlineData(1_100, "1.1µs")]
    [InlineData(2_200_000, "2.2ms")]
    [InlineData(20_000_000, "20ms")]
    [InlineData(Second, "1s")]
    [InlineData(3_300_000_000, "3.3s")]
    [InlineData(60 * Second, "1m0s")]
    [InlineData((5 * 60 * Second) + 5_001_000_000, "5m5.001s")]
    [InlineData(3600 * Second, "1h0m0s")]
    [InlineData((100 * 3600 * Second) + 1, "100h0m0.000000001s")]
    [InlineData(-Second / 2, "-500ms")]
    [InlineData(long.MaxValue, "2562047h47m16.854775807s")]
    [InlineData(long.MinValue, "-2562047h47m16.854775808s")]
    public void ToString_Duration_IsGoesTextAndReadsBack(long nanoseconds, string text)
    {
        Assert.Equal(text, new GoDuration(nanoseconds).ToString());
        Assert.True(GoDuration.TryParse(text, out var again, out _));
        Assert.Equal(nanoseconds, again.Nanoseconds);
    }

    [Theory]
    [InlineData(2, 2 * Second)]
    [InlineData(0.5, 0)]
    [InlineData(-1.9, -Second)]
    [InlineData(2e9, 2_000_000_000 * Second)]
    [InlineData(1e300, long.MaxValue)]
    [InlineData(-1e300, long.MinValue)]
    [InlineData(double.NaN, 0)]
    public void FromSeconds_Number_IsCutToWholeSecondsAndBounded(double seconds, long nanoseconds) =>
        Assert.Equal(nanoseconds, GoDuration.FromSeconds(seconds).Nanoseconds);

    [Fact]
    public void From_TimeSpan_ComesBack()
    {
        Assert.Equal(TimeSpan.FromMilliseconds(1.5), GoDuration.From(TimeSpan.FromMilliseconds(1.5)).ToTimeSpan());
        Assert.Equal(GoDuration.Longest, GoDuration.From(TimeSpan.MaxValue));
    }
}
