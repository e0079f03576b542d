using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Leda.Harness.Hosting;
using Leda.Harness.Simulator.Api;

namespace Leda.Harness.Tests.Hosting;

public sealed class OpenApiTests
{
    private const string Path = "/api/2/openapi.json";
    private static readonly string[] _methods = ["get", "put", "post", "patch", "delete"];

    [Fact]
    public async Task Document_EveryPathAndMethod_IsServed()
    {
        await using var harness = await StartAsync();
        using var http = Client(harness);
        var document = await ReadAsync(http);

        var unserved = new List<string>();
        var count = 0;
        foreach (var (path, item) in document.GetProperty("paths").EnumerateObject().Select(p => (p.Name, p.Value)))
        {
            foreach (var operation in item.EnumerateObject().Where(m => _methods.Contains(m.Name)))
            {
                count++;
                using var response = await SendAsync(http, document, path, item, operation);
                if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed && response.Content.Headers.ContentType?.MediaType == "text/plain")
                    unserved.Add($"{operation.Name} {path}: {(int)response.StatusCode}");
            }
        }

        Assert.True(unserved.Count == 0, string.Join('\n', unserved));
        Assert.True(count > 60, $"{count} operations were tried");
    }

    [Fact]
    public async Task Document_EveryReference_LeadsSomewhere()
    {
        await using var harness = await StartAsync();
        using var http = Client(harness);
        var document = await ReadAsync(http);

        var references = References(document).Distinct().ToList();

        Assert.NotEmpty(references);
        Assert.DoesNotContain(references, r => Find(document, r) is null);
        Assert.StartsWith("3.", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Document_IsLinkedFromTheRoot_AndOpenToEverybody()
    {
        await using var harness = await StartAsync();
        using var http = new HttpClient { BaseAddress = harness.HttpUrl };

        Assert.Contains($"href=\"{Path}\"", await http.GetStringAsync("/", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Object, (await ReadAsync(http)).ValueKind);
    }

    private static Task<LedaHarness> StartAsync() => LedaHarness.StartAsync(
        new HarnessOptions { InMemory = true, Device = false, Http = new ApiOptions { Port = 0 } }, RealTime.Provider, TestContext.Current.CancellationToken);

    private static HttpClient Client(LedaHarness harness) => new()
    {
        BaseAddress = harness.HttpUrl,
        DefaultRequestHeaders = { Authorization = new("Basic", Convert.ToBase64String("ditto:ditto"u8)) },
    };

    private static async Task<JsonElement> ReadAsync(HttpClient http) =>
        JsonElement.Parse(await http.GetByteArrayAsync(Path, TestContext.Current.CancellationToken));

    private static async Task<HttpResponseMessage> SendAsync(HttpClient http, JsonElement document, string path, JsonElement item, JsonProperty operation)
    {
        foreach (var reference in item.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray() : default)
        {
            var parameter = Find(document, reference.GetProperty("$ref").GetString()!)!.Value;
            path = path.Replace($"{{{parameter.GetProperty("name")}}}", Uri.EscapeDataString(parameter.GetProperty("example").GetString()!));
        }

        Assert.DoesNotContain('{', path);
        using var request = new HttpRequestMessage(HttpMethod.Parse(operation.Name), $"{path}{(path.Contains("/inbox/") || path.Contains("/outbox/") ? "?timeout=0" : "")}");
        if (operation.Value.TryGetProperty("requestBody", out var body))
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes("{}"));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(body.GetProperty("content").EnumerateObject().First().Name);
        }
        else if (operation.Value.GetProperty("responses").TryGetProperty("200", out var ok) && ok.TryGetProperty("content", out var content))
        {
            request.Headers.Accept.ParseAdd(content.EnumerateObject().First().Name);
        }

        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    private static IEnumerable<string> References(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(m => m.Name == "$ref" ? [m.Value.GetString()!] : References(m.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(References),
        _ => [],
    };

    private static JsonElement? Find(JsonElement document, string reference)
    {
        foreach (var name in reference.Split('/')[1..])
        {
            if (!document.TryGetProperty(name, out document))
                return null;
        }

        return document;
    }
}
