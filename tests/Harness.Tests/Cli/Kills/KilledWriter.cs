using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Leda.Harness.Tests.Cli.Kills;

/// <summary>
/// Writes one thing and one device over HTTP, one request at a time, and remembers what was answered. The request
/// that a kill cuts off may have happened or not: both are right afterwards, and then it is known which.
/// </summary>
internal sealed class KilledWriter(int number, int seed)
{
    private const string Tenant = "/v1/tenants/load";

#pragma warning disable RS0030 // seeded by the test
    private readonly Random _random = new((seed * 1_000) + number);
#pragma warning restore RS0030
    private readonly string _thing = $"/api/2/things/load:w{number}";
    private readonly string _device = $"/v1/devices/load/w{number}";
    private string Policy => $"\"policyId\":\"load:w{number}\",";
    private State _known = new(0, null, null);
    private State? _maybe;

    /// <summary>How many writes were answered 2xx.</summary>
    public int Answered { get; private set; }

    /// <summary>Writes until the program is gone.</summary>
    public async Task WriteAsync(HttpClient http, Action answered)
    {
        try
        {
            await SendAsync(http, "POST", Tenant, "{}", 201, 409);
            while (true)
            {
                var (next, method, path, body) = Next();
                _maybe = next;
                if (await SendAsync(http, method, path, body, 201, 204, 400) == 400)
                    await SendAsync(http, method, path, body!.Replace(Policy, "", StringComparison.Ordinal), 201); // its first create: no policy yet
                (_known, _maybe) = (next, null);
                Answered++;
                answered();
            }
        }
        catch (HttpRequestException)
        {
            // killed
        }
    }

    /// <summary>Reads back what must be there.</summary>
    public async Task CompareAsync(HttpClient http)
    {
        var found = new State(0, null, null);
        using (var thing = await http.GetAsync($"{_thing}?fields=_revision,attributes"))
        {
            if (thing.IsSuccessStatusCode)
            {
                var json = JsonElement.Parse(await thing.Content.ReadAsStringAsync());
                found = found with { Revision = json.GetProperty("_revision").GetInt64(), Attributes = json.GetProperty("attributes").GetRawText() };
            }
        }

        using (var device = await http.GetAsync(_device))
        {
            if (device.IsSuccessStatusCode)
                found = found with { Device = JsonElement.Parse(await device.Content.ReadAsStringAsync()).GetProperty("ext").GetProperty("n").GetRawText() };
        }

        // While the thing is gone its revision cannot be read; the next create proves it.
        var right = new[] { _known, _maybe }.OfType<State>().Where(s => (s with { Revision = s.Attributes is null ? 0 : s.Revision }) == found).ToList();
        Assert.True(right.Count > 0, $"writer {number}: {_known} was answered, {_maybe} was on its way, but found is {found}");
        (_known, _maybe) = (right.MaxBy(s => s.Revision)!, null);
    }

    private (State Next, string Method, string Path, string? Body) Next()
    {
        var value = _random.Next(1, 1_000_000).ToString(CultureInfo.InvariantCulture);
        if (_random.Next(5) == 0)
        {
            return _known.Device is null
                ? (_known with { Device = value }, "POST", _device, $$"""{"ext":{"n":{{value}}} }""")
                : _random.Next(3) == 0
                    ? (_known with { Device = null }, "DELETE", _device, null)
                    : (_known with { Device = value }, "PUT", _device, $$"""{"ext":{"n":{{value}}} }""");
        }

        var attributes = $$"""{"n":{{value}}}""";
        if (_known.Attributes is null)
            return (new State(_known.Revision + 1, attributes, _known.Device), "PUT", _thing, $$"""{{{Policy}}"attributes":{{attributes}}}""");
        return _random.Next(10) == 0
            ? (_known with { Revision = _known.Revision + 1, Attributes = null }, "DELETE", _thing, null)
            : (_known with { Revision = _known.Revision + 1, Attributes = attributes }, "PUT", $"{_thing}/attributes/n", value);
    }

    private static async Task<int> SendAsync(HttpClient http, string method, string path, string? body, params int[] expected)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(expected.Contains((int)response.StatusCode), $"{method} {path} was answered {(int)response.StatusCode} {text}");
        return (int)response.StatusCode;
    }

    /// <summary>What is there: the thing's last revision, its attributes and the device's value; <see langword="null"/> for what is gone.</summary>
    private sealed record State(long Revision, string? Attributes, string? Device);
}
