using System.Text;
using System.Text.Json;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Protocol.Tests.Ditto;

public sealed class EnvelopeTests
{
    [Theory]
    [InlineData("""{"topic":"a/b/things/twin/commands/modify","headers":{"response-required":false},"path":"/features/x","value":{"definition":["a:b:1"]}}""")]
    [InlineData("""{"topic":"a/b/things/twin/commands/modify","headers":{},"path":"/features/x","value":null}""")]
    [InlineData("""{"topic":"a/b/things/twin/commands/delete","headers":{},"path":"/features/x"}""")]
    [InlineData("""{"topic":"a/b/things/live/messages/m","headers":{"Correlation-Id":"C","version":2},"path":"/outbox/messages/m","status":204}""")]
    [InlineData("""{"topic":"a/b/things/twin/events/modified","headers":{},"path":"/","value":{},"revision":12345678901,"timestamp":"2026-01-01T00:00:00Z"}""")]
    [InlineData("""{"topic":"anything","headers":{},"path":"p","value":1,"extra":{"attributes":{"a":1}},"x-own":[1,2]}""")]
    public void Parse_Envelope_ComesBackToTheLetter(string text) =>
        Assert.Equal(text, Encoding.UTF8.GetString(Envelope.Parse(Encoding.UTF8.GetBytes(text)).ToUtf8()));

    [Fact]
    public void Parse_ValueNullAndValueAbsent_Differ()
    {
        Assert.Equal(JsonValueKind.Null, Parse("""{"topic":"t","path":"/","value":null}""").Value!.Value.ValueKind);
        Assert.Null(Parse("""{"topic":"t","path":"/"}""").Value);
    }

    [Fact]
    public void Headers_WrittenInAnyCaseAndOfWrongType_AreReadByMeaning()
    {
        var headers = Parse("""{"topic":"t","headers":{"Correlation-ID":"c","RESPONSE-REQUIRED":true,"content-type":7},"path":"/"}""").Headers;

        Assert.Equal("c", headers.CorrelationId);
        Assert.True(headers.ResponseRequired);
        Assert.Null(headers.ContentType);
        Assert.Equal("last", Parse("""{"topic":"t","headers":{"correlation-id":"c","Correlation-Id":"last"},"path":"/"}""").Headers.CorrelationId);
        Assert.NotNull(headers.Find("content-type"));
    }

    [Fact]
    public void Headers_OfParts_StandInAlphabeticalOrder() => Assert.Equal(
        ["content-type", "correlation-id", "response-required", "timeout"],
        DittoHeaders.Of("c-1", true, "application/json", "10").All.Select(header => header.Key));

    [Fact]
    public void Error_WithDescription_TellsIt() => Assert.Equal(
        """{"error":"things:x","status":404,"message":"m","description":"d"}""", new DittoError(404, "things:x", "m", "d").ToJson().GetRawText());

    [Theory]
    [InlineData("", "empty")]
    [InlineData("hello", "")]
    [InlineData("null", "null")]
    [InlineData("[]", "array")]
    [InlineData("{}", "topic")]
    [InlineData("""{"topic":"","path":"/"}""", "topic")]
    [InlineData("""{"topic":"t"}""", "path")]
    [InlineData("""{"topic":1,"path":"/"}""", "'topic'")]
    [InlineData("""{"topic":"t","path":"/","headers":[]}""", "'headers'")]
    [InlineData("""{"topic":"t","path":"/","status":"200"}""", "'status'")]
    [InlineData("""{"topic":"t","path":"/","status":99999999999}""", "'status'")]
    [InlineData("""{"topic":"t","path":"/","revision":1.5}""", "'revision'")]
    [InlineData("""{"topic":"t","topic":"u","path":"/"}""", "")]
    [InlineData("""{"topic":"t","path":"/",}""", "")]
    public void TryParse_NoEnvelope_NamesTheBadMember(string text, string part)
    {
        Assert.False(Envelope.TryParse(Encoding.UTF8.GetBytes(text), out _, out var problem));
        Assert.Contains(part, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"topic\":\"t\",\"path\":\"/\",\"value\":\"\\ud800\"}")]
    [InlineData("{\"topic\":\"\\udc00t\",\"path\":\"/\"}")]
    [InlineData("{\"topic\":\"t\",\"path\":\"/\",\"value\":{\"\\ud800\":1}}")]
    public void TryParse_HalfOfASurrogatePair_IsRefused(string text)
    {
        Assert.False(Envelope.TryParse(Encoding.UTF8.GetBytes(text), out _, out var problem));
        Assert.Contains("surrogate", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_BytesThatAreNoUtf8_IsRefused() =>
        Assert.False(Envelope.TryParse([.. "{\"topic\":\"t"u8, 0xC3, .. "\",\"path\":\"/\"}"u8], out _, out _));

    [Fact]
    public void TryParse_NestedTenThousandTimes_IsRefused()
    {
        var text = $$"""{"topic":"t","path":"/","value":{{new string('[', 10_000)}}{{new string(']', 10_000)}}}""";

        Assert.False(Envelope.TryParse(Encoding.UTF8.GetBytes(text), out _, out _));
    }

    private static Envelope Parse(string text) => Envelope.Parse(Encoding.UTF8.GetBytes(text));
}
