using System.Text;
using Leda.Harness.Official;
using Newtonsoft.Json.Linq;

namespace Leda.Harness.Simulator.Tests.Api;

/// <summary>Reads a stream of server-sent events.</summary>
internal sealed class EventReader(HttpResponseMessage response) : IDisposable
{
    private readonly CancellationTokenSource _net = new(TimeSpan.FromSeconds(30), RealTime.Provider);
    private StreamReader? _lines;

    /// <summary>One event; a heartbeat has nothing.</summary>
    public sealed record Event(string Data, string? Name = null, string? Id = null);

    /// <summary>The data of the next event that is no heartbeat; <see langword="null"/> at the end.</summary>
    public async Task<string?> NextAsync() => (await EventAsync())?.Data;

    /// <summary>The next event that is no heartbeat; <see langword="null"/> at the end.</summary>
    public async Task<Event?> EventAsync()
    {
        while (true)
        {
            var said = await AnyAsync();
            if (said != new Event(""))
                return said;
        }
    }

    /// <summary>The next event, be it a heartbeat; <see langword="null"/> at the end.</summary>
    public async Task<Event?> AnyAsync()
    {
        _lines ??= new StreamReader(await response.Content.ReadAsStreamAsync(_net.Token), Encoding.UTF8);
        var data = new List<string>();
        string? name = null;
        string? id = null;
        while (await _lines.ReadLineAsync(_net.Token) is { } line)
        {
            if (line.Length == 0)
                return Checked(new Event(string.Join('\n', data), name, id));
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var value = line[(colon + 1)..];
            _ = line[..colon] switch
            {
                "data" => Add(data, value),
                "event" => name = value,
                "id" => id = value,
                var other => throw new InvalidDataException($"unknown field '{other}'"),
            };
        }

        return null;
    }

    /// <summary>All that is left, to the end.</summary>
    public async Task<List<Event>> RestAsync()
    {
        var rest = new List<Event>();
        while (await EventAsync() is { } said)
            rest.Add(said);
        return rest;
    }

    public void Dispose()
    {
        response.Dispose();
        _net.Dispose();
    }

    /// <summary>An error, a thing and the envelope that it comes from keep to Ditto's own schemas; other parts have none, and messages are their sender's.</summary>
    private Event Checked(Event said)
    {
        if (said.Data.StartsWith('{') && !response.RequestMessage!.RequestUri!.AbsolutePath.Contains("/messages", StringComparison.Ordinal))
            Assert.Empty(Problems(OfficialSchemas.Read(said.Data), said.Name == "error").Select(problem => $"{problem}: {said.Data}"));
        return said;
    }

    // A thing in a stream has only what has changed.
    private static IEnumerable<string> Problems(JToken data, bool isError)
    {
        if (isError)
            return OfficialSchemas.ProblemsOfError(data);
        var thing = data["thingId"] is null ? [] : OfficialSchemas.Problems("thing_v2.json", data).Where(p => !p.EndsWith("PropertyRequired at #/policyId", StringComparison.Ordinal));
        return data["_context"] is { } context && context["topic"] is not null && context["headers"] is not null && context["path"] is not null
            ? thing.Concat(EnvelopeCheck.Problems(context.ToString(Newtonsoft.Json.Formatting.None)))
            : thing;
    }

    private static string Add(List<string> data, string value)
    {
        data.Add(value);
        return value;
    }
}
