using System.Collections.Concurrent;
using System.Text.Json;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Api;
using Leda.Harness.Simulator.Messages;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Signals;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.Tests.Api.WebSockets;

/// <summary>A cloud on a free port, where a request is from whom <c>x-ditto-pre-authenticated</c> says.</summary>
internal sealed class SocketWorld : IAsyncDisposable
{
    private readonly ConcurrentBag<IDisposable> _open = [];
    private ApiHost _host = null!;

    public SignalHub Signals => Cloud.Signals;

    public ThingStore Things => Cloud.Things;

    public PolicyStore Policies => Cloud.Policies;

    public LiveChannel Live => Cloud.Live;

    private DittoCloud Cloud { get; } = new(RealTime.Provider, new IdSource(1));

    public Uri Url => _host.Url;

    public static async Task<SocketWorld> StartAsync()
    {
        var world = new SocketWorld();
        world._host = await ApiHost.StartAsync(
            new ApiOptions { Port = 0, PreAuthenticated = true },
            world.Cloud);
        return world;
    }

    /// <summary>Opens a socket.</summary>
    public async Task<SocketClient> OpenAsync(string subject = "test:u1", params string[] declares)
    {
        var client = await SocketClient.OpenAsync(Url, subject, declares);
        _open.Add(client);
        return client;
    }

    /// <summary>Opens a socket that gets the events of all twins.</summary>
    public async Task<SocketClient> ListenAsync(string parameters = "", string subject = "test:u1", params string[] declares)
    {
        var client = await OpenAsync(subject, declares);
        await client.StartAsync($"START-SEND-EVENTS{parameters}");
        return client;
    }

    public HttpClient Http(string subject = "test:u1")
    {
        var http = new HttpClient(new ErrorBodyCheck()) { BaseAddress = new Uri(Url, "/api/2/") };
        http.DefaultRequestHeaders.Add("x-ditto-pre-authenticated", subject);
        _open.Add(http);
        return http;
    }

    /// <summary>Changes a twin for <c>test:u1</c>, who has no ears of their own here.</summary>
    public TwinOutcome Do(string action, string thing, string path, string? value = null) => Things.Execute(new TwinCommand(
        ThingId.Parse(thing), action, ResourcePath.Parse(path), value is null ? null : JsonElement.Parse(value), DittoHeaders.Empty)
    {
        Caller = Caller.Of("test:u1"),
    });

    public async ValueTask DisposeAsync()
    {
        foreach (var open in _open)
            open.Dispose();
        await _host.DisposeAsync();
    }
}
