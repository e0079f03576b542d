namespace Leda.Harness.Protocol.Tests;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("e/ä/ß", "e/ä/ß")]
    [InlineData("a\nready mqtt=1", "a\\u000aready mqtt=1")]
    [InlineData("\u001b[2J\0\u0007\u009b", "\\u001b[2J\\u0000\\u0007\\u009b")]
    public void Of_ControlCharacters_AreWrittenOut(string text, string plain) => Assert.Equal(plain, PlainText.Of(text));

    // Attributes cannot carry half a pair.
    [Fact]
    public void Of_HalfOfASurrogatePair_IsWrittenOut() => Assert.Equal("a😀\\ud83d", PlainText.Of("a😀\ud83d"));

    [Fact]
    public void At_SurrogatePair_IsOneCharacter() => Assert.Equal(("😀", "\\ude00"), (PlainText.At("a😀", 1), PlainText.At("a😀", 2)));
}
