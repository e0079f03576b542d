using System.Text.Json;
using System.Threading.Channels;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Hono;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Protocol.Messaging;

namespace Leda.Harness.Simulator.Connector;

/// <summary>
/// The cloud connector: a client of the bus that behaves like Kanto's suite connector (<c>connectors-and-leda.md</c> 1), with the cloud
/// behind it in the same process. It announces the gateway's identity and the connection's status, takes events and telemetry to the twins,
/// brings commands to the device and their answers back.
/// </summary>
public sealed class CloudConnector : IAsyncDisposable
{
    /// <summary>The origin of what devices cause, which they are not told again (<c>connectors-and-leda.md</c> 4.6).</summary>
    public const string Origin = "connector";

    private readonly CloudLink _link;
    private readonly TwinFeed _twins;
    private readonly CorrelationCache _correlations;
    private readonly DeviceEvents _events;
    private readonly DevicePresence? _presence;
    private readonly Channel<Envelope> _responses = Channel.CreateBounded<Envelope>(1_000);
    private Task _telling = Task.CompletedTask;

    private CloudConnector(ConnectorOptions options, IBusFactory bus, TwinFeed twins, TimeProvider time)
    {
        _link = new CloudLink(options, bus, time, TakeAsync);
        _twins = twins;
        _correlations = new CorrelationCache(time);
        _presence = options.Listeners is { } listeners ? new DevicePresence(this, listeners, twins.Things, time) : null;
        _events = new DeviceEvents(this, _presence);
        if (options.Listeners is not null)
            options.Listeners.Changed = _events.Look;
    }

    /// <summary>Who the gateway is at present.</summary>
    public GatewayIdentity Identity => _link.Identity;

    /// <summary>Whether the cloud can be reached at present.</summary>
    public bool IsOnline => _link.IsOnline;

    /// <summary>Answers of devices to commands that were sent from here, each once; others are ignored as the original does. For one reader.</summary>
    public ChannelReader<Envelope> Responses => _responses.Reader;

    /// <summary>Whether a thing's device is behind this connector: the gateway itself, or a child of it. A name that MQTT cannot carry is nobody's.</summary>
    public bool Serves(ThingId thing)
    {
        var id = thing.ToString();
        return (id == Identity.DeviceId || id.StartsWith(Identity.DeviceId + ":", StringComparison.Ordinal)) && !id.AsSpan().ContainsAny("+#");
    }

    /// <summary>Connects both clients and announces status and identity.</summary>
    /// <param name="options">Identity and client ids.</param>
    /// <param name="bus">The bus.</param>
    /// <param name="twins">Where events and telemetry go.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the attempts to connect.</param>
    public static async Task<CloudConnector> StartAsync(
        ConnectorOptions options, IBusFactory bus, TwinFeed twins, TimeProvider time, CancellationToken cancellationToken = default)
    {
        var connector = new CloudConnector(options, bus, twins, time);
        twins.Welcome(options.Identity);
        try
        {
            twins.Signals.Subscribe(connector._events);
            connector._telling = connector._events.RunAsync();
            await connector._link.StartAsync(cancellationToken);
            connector._presence?.Refresh();
            return connector;
        }
        catch
        {
            await connector.DisposeAsync();
            throw;
        }
    }

    /// <summary>The cloud can be reached (again): first the retained status, then the identity is published.</summary>
    public Task GoOnlineAsync(CancellationToken cancellationToken = default) => SwitchAsync(_link.GoOnlineAsync(cancellationToken));

    /// <summary>The cloud can no longer be reached: nothing is taken from the bus, then the status tells the cause.</summary>
    /// <param name="cause">One of the constants of <see cref="ConnectionStatus"/>; default <see cref="ConnectionStatus.Error"/>.</param>
    public Task GoOfflineAsync(string cause = ConnectionStatus.Error) => SwitchAsync(_link.GoOfflineAsync(cause));

    /// <summary>Takes another identity while running, as the original does when its provisioning file changes: closed, update, and, if it
    /// was online, online with the new ids.</summary>
    public Task ChangeIdentityAsync(GatewayIdentity identity, CancellationToken cancellationToken = default)
    {
        _twins.Welcome(identity);
        return SwitchAsync(_link.ChangeIdentityAsync(identity, cancellationToken));
    }

    /// <summary>Loses both connections as a killed process would; the broker publishes the will. <see cref="GoOnlineAsync"/> comes back.</summary>
    public Task CrashAsync() => SwitchAsync(_link.CrashAsync());

    /// <summary>
    /// Brings a command to a device: on its long topic, then on its short one, QoS 0, not retained (<c>connectors-and-leda.md</c> 1.6).
    /// </summary>
    /// <param name="topic">A command request in the long form.</param>
    /// <param name="payload">An envelope; anything else is dropped, as the original does.</param>
    /// <returns>Whether it went out. It does not while offline, nor if the payload is no envelope with text headers.</returns>
    public async Task<bool> SendCommandAsync(DeviceTopic topic, ReadOnlyMemory<byte> payload)
    {
        if (!IsOnline || !Envelope.TryParse(payload.Span, out var command, out _) || !HasTextHeaders(command))
            return false;
        if (topic.Device == Identity.DeviceId)
            topic = DeviceTopic.Command("", topic.RequestId, topic.Subject);
        if (topic.RequestId.Length > 0 && command.Headers.CorrelationId is { Length: > 0 } id)
            _correlations.Remember(id, command.Headers.Timeout);
        return await _link.SendAsync(new BusMessage(topic.ToString(), payload, QualityOfService.AtMostOnce))
            && await _link.SendAsync(new BusMessage(topic.Short().ToString(), payload, QualityOfService.AtMostOnce));
    }

    /// <summary>Tells a device what came of something that it had sent, by a one-way command.</summary>
    internal Task<bool> AnswerAsync(DeviceAnswer answer) => answer.Device.AsSpan().ContainsAny("+#")
        ? Task.FromResult(false)
        : SendCommandAsync(DeviceTopic.Command(answer.Device, "", DeviceSubject.Of(answer.Subject)), answer.Envelope.ToUtf8());

    /// <summary>An orderly stop: the status becomes <see cref="ConnectionStatus.Closed"/>.</summary>
    /// <remarks>If something behind the connector has thrown an exception, a defect of the harness, it comes out here.</remarks>
    public async ValueTask DisposeAsync()
    {
        _twins.Signals.Unsubscribe(_events);
        _events.End();
        await _link.DisposeAsync();
        _presence?.Refresh();
        _responses.Writer.TryComplete(); // the loop may wait for room that nobody makes
        await _telling;
        await _link.EndAsync();
    }

    private async Task SwitchAsync(Task change)
    {
        await change;
        _presence?.Refresh();
    }

    private static bool HasTextHeaders(Envelope command) =>
        IsText(command.Headers.Find("correlation-id")) && IsText(command.Headers.Find("timeout"));

    private static bool IsText(JsonElement? header) => header is null or { ValueKind: JsonValueKind.String };

    private async ValueTask TakeAsync(BusMessage message)
    {
        if (!DeviceTopic.TryParse(message.Topic, out var topic, out _))
            return;
        if (topic.Kind is DeviceTopicKind.Event or DeviceTopicKind.Telemetry)
        {
            var device = topic.Device.Length > 0 ? topic.Device : Identity.DeviceId;
            _twins.Meet(Identity, device);
            if (await _twins.ApplyAsync(device, message.Payload) is { } answer)
                await AnswerAsync(answer);
        }
        else if (topic.Kind == DeviceTopicKind.CommandResponse)
            await RespondAsync(message);
    }

    private async Task RespondAsync(BusMessage message)
    {
        if (!Envelope.TryParse(message.Payload.Span, out var response, out _) || !_correlations.Take(response.Headers.CorrelationId))
            return;
        try
        {
            await _responses.Writer.WriteAsync(response);
        }
        catch (ChannelClosedException)
        {
            // The connector stops; whoever waits for answers is told by the end of the channel.
        }
    }
}
