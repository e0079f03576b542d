using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Rql;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Hosting;

/// <summary>
/// The digital twins as an application in the cloud uses them, with the verbs of Ditto (<c>ditto.md</c> 2) but without HTTP: also in memory
/// and under a virtual clock. No policy stands in the way. Things are named <c>&lt;namespace&gt;:&lt;name&gt;</c>; a path leads to a part of a
/// thing, <c>attributes/line</c> or <c>features/motor/properties</c>, with or without a slash before it, and <c>/</c> is the whole.
/// </summary>
public sealed class TwinAccess
{
    private readonly DittoCloud _cloud;

    internal TwinAccess(DittoCloud cloud) => _cloud = cloud;

    /// <summary>A twin, or a part of it.</summary>
    /// <param name="thing">The thing's id.</param>
    /// <param name="path">Which part; default the whole.</param>
    /// <param name="fields">What of it, for example <c>thingId,attributes(line,plant)</c>; default all that Ditto shows.</param>
    /// <exception cref="TwinException">It is not there, or the fields cannot be read.</exception>
    /// <exception cref="FormatException">The id or the path is none.</exception>
    public async Task<JsonElement> GetAsync(string thing, string path = "/", string? fields = null) =>
        (await ExecuteAsync(Command(thing, "retrieve", path, null) with { Fields = fields })).Value!.Value;

    /// <summary>All twins, sorted by their ids.</summary>
    /// <param name="namespace">Only those of this namespace; default all.</param>
    public Task<IReadOnlyList<Thing>> ListAsync(string? @namespace = null) =>
        Task.FromResult(Sorted(_cloud.Things.All.Where(t => @namespace is null || t.Id.Namespace == @namespace)));

    /// <summary>Those twins of which a condition holds, sorted by their ids.</summary>
    /// <param name="filter">The condition in RQL, for example <c>and(eq(attributes/line,4),exists(features/motor))</c> (<c>ditto.md</c> 6).</param>
    /// <exception cref="TwinException">The condition cannot be read; the message says where.</exception>
    public Task<IReadOnlyList<Thing>> SearchAsync(string filter)
    {
        if (!RqlExpression.TryParseSearchFilters([filter], out var condition, out var error))
            return Task.FromException<IReadOnlyList<Thing>>(new TwinException(error));
        var now = _cloud.Time.GetUtcNow();
        return Task.FromResult(Sorted(_cloud.Things.All.Where(t => condition.Matches(new ThingSubject(t) { Now = now }, RqlSemantics.Search))));
    }

    /// <summary>Puts a value at a place; at <c>/</c> a whole twin, which is made if there is none.</summary>
    /// <param name="thing">The thing's id.</param>
    /// <param name="path">The place.</param>
    /// <param name="value">A <see cref="JsonElement"/>, or anything that System.Text.Json can write.</param>
    /// <exception cref="TwinException">It is refused.</exception>
    /// <exception cref="FormatException">The id or the path is none.</exception>
    public Task ModifyAsync(string thing, string path, object? value) => ExecuteAsync(Command(thing, "modify", path, value));

    /// <summary>Merges a patch into what stands at a place (RFC 7396, <c>ditto.md</c> 2.6); a <see langword="null"/> in it deletes.</summary>
    /// <param name="thing">The thing's id.</param>
    /// <param name="path">The place.</param>
    /// <param name="patch">A <see cref="JsonElement"/>, or anything that System.Text.Json can write.</param>
    /// <exception cref="TwinException">It is refused.</exception>
    /// <exception cref="FormatException">The id or the path is none.</exception>
    public Task MergeAsync(string thing, string path, object? patch) => ExecuteAsync(Command(thing, "merge", path, patch));

    /// <summary>Removes a twin, or a part of it.</summary>
    /// <param name="thing">The thing's id.</param>
    /// <param name="path">Which part; default the whole.</param>
    /// <exception cref="TwinException">It is not there.</exception>
    /// <exception cref="FormatException">The id or the path is none.</exception>
    public Task RemoveAsync(string thing, string path = "/") => ExecuteAsync(Command(thing, "delete", path, null));

    /// <summary>Watches a twin, or all, from now on.</summary>
    /// <param name="thing">The thing's id; default all things.</param>
    /// <returns>The changes; dispose it when you have seen enough.</returns>
    /// <exception cref="FormatException">The id is none.</exception>
    public TwinWatch Watch(string? thing = null) => new(_cloud.Signals, thing is null ? null : ThingId.Parse(thing));

    /// <summary>Waits until something stands at a place, for example until a device has registered a feature.</summary>
    /// <param name="thing">The thing's id.</param>
    /// <param name="path">The place.</param>
    /// <param name="timeout">How long to wait; default 60 s.</param>
    /// <returns>What stands there.</returns>
    /// <exception cref="TimeoutException">Nothing does in time.</exception>
    /// <exception cref="FormatException">The id or the path is none.</exception>
    public async Task<JsonElement> AwaitAsync(string thing, string path, TimeSpan? timeout = null)
    {
        var (id, place) = (ThingId.Parse(thing), PathOf(path));
        using var changes = Watch(thing);
        if (_cloud.Things.Find(id)?.TryGet(place, out var present) == true)
            return present;
        using var net = new CancellationTokenSource(timeout ?? DittoDuration.Default, _cloud.Time);
        try
        {
            await foreach (var change in changes.WithCancellation(net.Token))
            {
                if (change.Thing?.TryGet(place, out var value) == true && change.Topic.Action != "deleted")
                    return value;
            }
        }
        catch (OperationCanceledException)
        {
            // Told below.
        }

        throw new TimeoutException($"The twin {thing} has nothing at '{place}' yet; it is {_cloud.Things.Find(id)?.ToJson().ToString() ?? "not there"}.");
    }

    private static IReadOnlyList<Thing> Sorted(IEnumerable<Thing> things) => [.. things.OrderBy(t => t.Id.ToString(), StringComparer.Ordinal)];

    private static ResourcePath PathOf(string path) =>
        ResourcePath.TryParse(path.StartsWith('/') ? path : $"/{path}", out var place, out var problem) ? place : throw new FormatException(problem);

    private static TwinCommand Command(string thing, string action, string path, object? value)
    {
        JsonElement? json = action is "modify" or "merge" ? JsonSerializer.SerializeToElement(value).Compacted() : null;
        return new TwinCommand(ThingId.Parse(thing), action, PathOf(path), json, DittoHeaders.Empty) { Caller = Caller.Harness };
    }

    private async Task<TwinOutcome> ExecuteAsync(TwinCommand command)
    {
        await _cloud.Signals.RoomAsync();
        var outcome = _cloud.Things.Execute(command);
        if (outcome.Error is { } error)
            throw new TwinException(error);
        await _cloud.KeptAsync();
        return outcome;
    }
}
