using System.Collections.Immutable;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.History;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Signals;
using Leda.Harness.Simulator.Twins;
using Microsoft.AspNetCore.Http;

namespace Leda.Harness.Simulator.Api.Streams;

/// <summary>Past changes of twins as a stream that ends at the present (<c>ditto.md</c> 4.5).</summary>
internal sealed class HistoryStream(DittoCloud cloud)
{
    /// <summary>Whether a request asks for the past.</summary>
    public static bool IsMeantBy(ApiRequest request) => HistoryRange.Parameters.Any(name => request.Query(name) is not null);

    /// <summary>Streams the past of one twin after the other.</summary>
    public async ValueTask<ApiReply> AnswerAsync(ApiRequest request, ImmutableHashSet<ThingId>? things, ChangeView view)
    {
        if (things is null)
            return ApiReply.Of(HistoryErrors.WhichThing());
        if (!HistoryRange.TryRead(request.Query, out var range, out var error))
            return ApiReply.Of(error);
        var pasts = new List<(ImmutableArray<HistoryEntry> History, Enforcer Reader)>();
        foreach (var thing in things.OrderBy(t => t.ToString(), StringComparer.Ordinal))
        {
            if (!cloud.Things.TryReadHistory(thing, request.Caller, out var history, out var reader))
                return ApiReply.Of(TwinErrors.ThingNotFound(thing));
            pasts.Add((history, reader));
        }

        var writer = new EventWriter(request.Http);
        await writer.OpenAsync(request.Headers.CorrelationId);
        foreach (var (history, reader) in pasts)
        {
            foreach (var entry in range.Of(history))
            {
                var past = new Signal(entry.Topic, entry.ToEvent(), entry.Thing, null);
                if (view.Concerns(past) && view.Show(past, reader, cloud.Time.GetUtcNow()) is { } said)
                    await writer.WriteAsync(said);
            }
        }

        await writer.FlushAsync();
        return ApiReply.Empty(StatusCodes.Status200OK);
    }
}
