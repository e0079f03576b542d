using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Threading.Channels;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Api;
using Leda.Harness.Simulator.Messages;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Signals;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.Tests.Api.Messages;

/// <summary>The API with one thing, and somebody who listens to the live channel and may answer, as a WebSocket session does.</summary>
internal sealed class LiveWorld : ISignalSubscriber, IAsyncDisposable
{
    public const string Thing = "ns:t";
    private static readonly TimeSpan _net = TimeSpan.FromSeconds(30);

    private readonly Channel<Signal> _heard = Channel.CreateUnbounded<Signal>();
    private ApiHost _host = null!;

    private LiveWorld()
    {
        Hub.Subscribe(this);
    }

    public SignalHub Hub => Cloud.Signals;

    public ThingStore Things => Cloud.Things;

    public PolicyStore Policies => Cloud.Policies;

    public LiveChannel Live => Cloud.Live;

    public HttpClient Http { get; private set; } = null!;

    /// <summary>What the responder was told about its answers.</summary>
    public ConcurrentQueue<DittoError?> Told { get; } = [];

    /// <summary>What is answered to a message or live command; nothing if <see langword="null"/>.</summary>
    public Func<Envelope, Envelope?> Answer { get; set; } = _ => null;

    private DittoCloud Cloud { get; } = new(RealTime.Provider, new IdSource(1));

    public static async Task<LiveWorld> StartAsync(ApiOptions? options = null)
    {
        var world = new LiveWorld();
        world._host = await ApiHost.StartAsync(options ?? new ApiOptions { Port = 0 }, world.Cloud);
        world.Http = new HttpClient(new ErrorBodyCheck()) { BaseAddress = new Uri(world._host.Url, "/api/2/") };
        world.Http.DefaultRequestHeaders.Authorization = Basic("ditto");
        await world.Http.PutAsync($"things/{Thing}", Json("""{"attributes":{"a":1,"kind":"x"}}"""));
        return world;
    }

    public static AuthenticationHeaderValue Basic(string user) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{user}")));

    public static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    /// <summary>A response on the request's own topic and path.</summary>
    public static Envelope Reply(Envelope request, int status, string? value = null, string? contentType = null) => new()
    {
        Topic = request.Topic,
        Path = request.Path,
        Headers = DittoHeaders.Of(request.Headers.CorrelationId, contentType: contentType),
        Status = status,
        Value = value is null ? null : JsonText.Parse(value),
    };

    /// <summary>The next live signal that was delivered.</summary>
    public async Task<Envelope> HeardAsync()
    {
        using var net = new CancellationTokenSource(_net);
        return (await _heard.Reader.ReadAsync(net.Token)).Envelope;
    }

    /// <summary>Whether something was delivered that no test has asked for.</summary>
    public bool HasHeard => _heard.Reader.Count > 0;

    public void Take(Signal signal)
    {
        if (signal.Topic.Channel != TopicPath.LiveChannel || signal.Topic.Criterion == Criterion.Errors)
            return;
        _heard.Writer.TryWrite(signal);
        if (Answer(signal.Envelope) is { } answer)
            Told.Enqueue(Live.Respond(answer));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _host.DisposeAsync();
    }
}
