using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Leda.Harness.Device.Containers;
using Leda.Harness.Hosting;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Api;

namespace Leda.Harness.Tests.Hosting;

public sealed class LiveMessagesOverHttpTests : IAsyncLifetime
{
    private static readonly TimeSpan _net = TimeSpan.FromSeconds(30);
    private static readonly HarnessOptions _options = new() { MqttPort = 0, Http = new ApiOptions { Port = 0 }, Containers = ContainerSupply.None };
    private static readonly ThingId _thing = ThingId.Parse($"{_options.Identity.DeviceId}:edge:containers");
    private readonly HttpClient _http = new();
    private LedaHarness _harness = null!;

    public async ValueTask InitializeAsync()
    {
        _harness = await LedaHarness.StartAsync(_options, RealTime.Provider);
        _http.BaseAddress = new Uri(_harness.HttpUrl!, $"api/2/things/{_thing}/features/ContainerFactory/inbox/messages/");
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("ditto:ditto"u8));
        await ShownAsync("ContainerFactory");
        await ShownAsync("ConnectionStatus"); // the device listens
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _harness.DisposeAsync();
    }

    [Fact]
    public async Task F01_CreateOnTheRealDevicesContainerFactory_200WithTheContainersId()
    {
        var response = await _http.PostAsync(
            "create?timeout=30", new StringContent("""{"imageRef":"docker.io/library/busybox:1.35","start":true}""", Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await ShownAsync($"Container:{(await response.Content.ReadAsStringAsync()).Trim('"')}");
    }

    [Fact]
    public async Task F04_OperationThatTheRealDeviceDoesNotHave_ItsStatusAndError()
    {
        var response = await _http.PostAsync("unheard?timeout=30", null);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("messages:subject.notfound", await response.Content.ReadAsStringAsync());
    }

    private async Task ShownAsync(string feature) =>
        Assert.NotNull(await _harness.Journal.FirstAsync(_ => _harness.Things.Find(_thing)?.Feature(feature) is not null, 0, _net));
}
