using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Protocol.Tests.Json;

public sealed class JsonPointerTests
{
    [Theory]
    [InlineData("""{"a":{"b":1},"c":2}""", "/a/b", "3", """{"a":{"b":3},"c":2}""")]
    [InlineData("""{"a":{"b":1},"c":2}""", "/a/d", "3", """{"a":{"b":1,"d":3},"c":2}""")]
    [InlineData("""{"c":2}""", "/a/b", "null", """{"c":2,"a":{"b":null}}""")]
    [InlineData("""{"a":7}""", "/a/b", "1", """{"a":{"b":1}}""")]
    [InlineData("null", "/a", "1", """{"a":1}""")]
    [InlineData("""{"a/b":1}""", "/a~1b", "2", """{"a/b":2}""")]
    [InlineData("""{"~1":1}""", "/~01", "2", """{"~1":2}""")]
    [InlineData("""{"a":1}""", "/", "[]", "[]")]
    [InlineData("""{"0":1}""", "/0", "2", """{"0":2}""")]
    public void Set_Value_ReplacesJustThat(string root, string pointer, string value, string expected) =>
        Assert.Equal(expected, JsonPointer.Parse(pointer).Set(JsonText.Parse(root), JsonText.Parse(value)).GetRawText());

    [Theory]
    [InlineData("""{"a":{"b":1,"c":2}}""", "/a/b", """{"a":{"c":2}}""")]
    [InlineData("""{"a":{"b":1}}""", "/a/b", """{"a":{}}""")]
    [InlineData("""{"a":1}""", "/a/b", """{"a":1}""")]
    [InlineData("""{"a":1}""", "/x", """{"a":1}""")]
    public void Remove_Place_RemovesJustThat(string root, string pointer, string expected) =>
        Assert.Equal(expected, JsonPointer.Parse(pointer).Remove(JsonText.Parse(root)).GetRawText());

    [Theory]
    [InlineData("a")]
    [InlineData("/a//b")]
    public void TryParse_NoPointer_IsRefusedWithAReason(string text)
    {
        Assert.False(JsonPointer.TryParse(text, out _, out var problem));
        Assert.NotEmpty(problem);
    }
}
