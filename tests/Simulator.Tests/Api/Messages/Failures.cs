using System.Text.Json;

namespace Leda.Harness.Simulator.Tests.Api.Messages;

internal static class Failures
{
    /// <summary>The response is this error of Ditto.</summary>
    public static async Task FailsAsync(this LiveWorld _, HttpResponseMessage response, int status, string error)
    {
        var body = await response.Content.ReadAsStringAsync();
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(error, JsonDocument.Parse(body).RootElement.GetProperty("error").GetString());
    }
}
