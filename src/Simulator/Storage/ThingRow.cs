using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.Storage;

/// <summary>A twin as a row: with everything that Ditto shows only when asked for by name.</summary>
internal static class ThingRow
{
    public static StoredRow Of(TwinChange change)
    {
        var text = change.After is { } thing ? thing.ToFullJson().GetRawText() : null;
        return new StoredRow(StoredKind.Things, change.Topic.ThingId.ToString(), change.Event.Revision!.Value, text);
    }

    public static void Restore(Database database, ThingStore things) => database.Restore(StoredKind.Things, row =>
    {
        var id = ThingId.Parse(row.Id);
        things.Restore(id, row.Revision, row.Body is null ? null : Read(id, row));
    });

    private static Thing Read(ThingId id, StoredRow row)
    {
        var json = JsonText.Parse(row.Body!);
        return new Thing
        {
            Id = id,
            Revision = row.Revision,
            Created = json.GetProperty("_created").GetDateTimeOffset(),
            Modified = json.GetProperty("_modified").GetDateTimeOffset(),
            Metadata = json.TryGetProperty("_metadata", out var metadata) ? metadata : null,
        }.Replace(json);
    }
}
