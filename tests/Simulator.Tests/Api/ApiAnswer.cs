using System.Collections.Immutable;
using System.Text.Json;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Simulator.Tests.Api;

/// <summary>What came back over HTTP.</summary>
internal sealed record ApiAnswer(int Status, string Body, ImmutableDictionary<string, string> Headers)
{
    public JsonElement Json => JsonText.Parse(Body);

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>The body, if the status is the expected one; otherwise the test fails with what came instead.</summary>
    public string Ok(int status)
    {
        Assert.True(status == Status, $"expected {status}, got {Status}: {Body}");
        return Body;
    }

    /// <summary>Fails the test unless this is the expected error of Ditto, whose body repeats the status.</summary>
    public void Error(int status, string id)
    {
        Ok(status);
        Assert.Equal((status, id), (Json.GetProperty("status").GetInt32(), Json.GetProperty("error").GetString()));
        Assert.NotEmpty(Json.GetProperty("message").GetString()!);
    }
}
