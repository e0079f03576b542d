using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Search;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.Api.WebSockets;

/// <summary>The searches of one socket: subscribed to, then asked for page by page (<c>ditto.md</c> 5.6).</summary>
/// <param name="cloud">The twins.</param>
/// <param name="caller">Who searches.</param>
/// <param name="answer">Takes what is answered.</param>
internal sealed class SearchRequests(ApiCloud cloud, Caller caller, Func<Envelope, ValueTask> answer)
{
    /// <summary>How many searches can be open on one socket.</summary>
    public const int MaxOpen = 100;

    private static readonly ResourcePath _whole = ResourcePath.Thing;
    private readonly ConcurrentDictionary<string, SearchStream> _open = [];
    private readonly SearchSight _sight = new(
        thing => cloud.Things.Access.Of(thing, caller).CanRead(_whole), (thing, place) => cloud.Things.Access.Of(thing, caller).CanAskFor(place));

    private int _count;

    /// <summary>Takes a search command.</summary>
    public ValueTask TakeAsync(TopicPath topic, Envelope envelope)
    {
        var value = envelope.Value is { ValueKind: JsonValueKind.Object } given ? given : JsonText.Parse("{}");
        return topic.Action switch
        {
            "subscribe" => SubscribeAsync(envelope, value),
            "request" => RequestAsync(envelope, Text(value, "subscriptionId") ?? "", value),
            "cancel" => CancelAsync(Text(value, "subscriptionId") ?? ""),
            _ => answer(SearchReply.Error(envelope.Headers.CorrelationId, TwinErrors.UnknownTopic($"The search command '{topic.Action}' is unknown."))),
        };
    }

    /// <summary>The socket is gone.</summary>
    public void Close()
    {
        foreach (var stream in _open.Values)
            stream.Dispose();
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private ValueTask SubscribeAsync(Envelope envelope, JsonElement value)
    {
        var correlationId = envelope.Headers.CorrelationId!;
        if (!TryRead(envelope, value, out var query, out var view, out var error))
            return answer(SearchReply.Error(correlationId, error));
        var id = _count++.ToString(CultureInfo.InvariantCulture);
        var idle = cloud.Time.CreateTimer(_ => _ = ExpireAsync(id), null, SearchStream.Patience, Timeout.InfiniteTimeSpan);
        _open[id] = new SearchStream(id, correlationId, query, view, idle);
        return answer(SearchReply.Of("created", id, correlationId));
    }

    private bool TryRead(
        Envelope envelope,
        JsonElement value,
        [NotNullWhen(true)] out SearchQuery? query,
        [NotNullWhen(true)] out TwinView? view,
        [NotNullWhen(false)] out DittoError? error)
    {
        query = null;
        view = null;
        if (_open.Count >= MaxOpen)
        {
            error = SearchReply.TooMany(MaxOpen);
            return false;
        }

        var namespaces = value.TryGetProperty("namespaces", out var list) && list.ValueKind == JsonValueKind.Array
            ? string.Join(',', list.EnumerateArray().Select(n => n.ToString()))
            : null;
        if (!SearchQuery.TryParse(Text(value, "filter") is { } filter ? [filter] : [], namespaces, Text(value, "options"), out query, out error)
            || !TwinView.TryParse(_whole, envelope.Fields, out view, out error))
            return false;
        error = query.Options.Count is null ? null : SearchReply.NoLimit();
        return error is null;
    }

    private async ValueTask RequestAsync(Envelope envelope, string id, JsonElement value)
    {
        if (!_open.TryGetValue(id, out var stream))
        {
            await answer(SearchReply.Failed(id, envelope.Headers.CorrelationId!, SearchReply.NotFound(id)));
            return;
        }

        if (!value.TryGetProperty("demand", out var wanted) || wanted.ValueKind != JsonValueKind.Number || !wanted.TryGetInt64(out var demand) || demand <= 0)
        {
            await CancelAsync(id);
            await answer(SearchReply.Failed(id, stream.CorrelationId, SearchReply.BadDemand()));
            return;
        }

        for (; demand > 0 && !stream.IsOver; demand--)
        {
            var items = stream.Next(cloud.Things.All, _sight, cloud.Time.GetUtcNow());
            if (items.Count > 0)
                await answer(SearchReply.Next(id, stream.CorrelationId, Views(items, stream.View)));
        }

        if (!stream.IsOver)
            return;
        await CancelAsync(id);
        await answer(SearchReply.Of("complete", id, stream.CorrelationId));
    }

    private IEnumerable<JsonElement> Views(IReadOnlyList<Thing> things, TwinView view)
    {
        foreach (var thing in things)
        {
            if (cloud.Things.Access.TryView(thing, caller, view, out var value))
                yield return value;
        }
    }

    private ValueTask CancelAsync(string id)
    {
        if (_open.TryRemove(id, out var stream))
            stream.Dispose();
        return default;
    }

    private async Task ExpireAsync(string id)
    {
        if (!_open.TryRemove(id, out var stream))
            return;
        stream.Dispose();
        try
        {
            await answer(SearchReply.Failed(id, stream.CorrelationId, SearchReply.Idle()));
        }
        catch (ChannelClosedException)
        {
            // the client is gone
        }
    }
}
