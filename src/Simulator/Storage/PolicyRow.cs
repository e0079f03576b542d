using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Policies;

namespace Leda.Harness.Simulator.Storage;

/// <summary>A policy as a row: <c>{"created":…,"modified":…,"policy":{…}}</c>.</summary>
internal static class PolicyRow
{
    public static StoredRow Of(ThingId id, long revision, Policy? policy) =>
        new(StoredKind.Policies, id.ToString(), revision, policy is null ? null : Write(policy));

    public static void Restore(Database database, PolicyStore policies) => database.Restore(StoredKind.Policies, row =>
    {
        var id = ThingId.Parse(row.Id);
        policies.Restore(id, row.Revision, row.Body is null ? null : Read(id, row));
    });

    private static string Write(Policy policy) => JsonText.Build(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("created", policy.Created);
        writer.WriteString("modified", policy.Modified);
        writer.WritePropertyName("policy");
        policy.ToJson().WriteTo(writer);
        writer.WriteEndObject();
    }).GetRawText();

    private static Policy Read(ThingId id, StoredRow row)
    {
        var json = JsonText.Parse(row.Body!);
        return Policy.TryRead(id, json.GetProperty("policy"), "", out var policy, out var error)
            ? policy with
            {
                Revision = row.Revision,
                Created = json.GetProperty("created").GetDateTimeOffset(),
                Modified = json.GetProperty("modified").GetDateTimeOffset(),
            }
            : throw new FormatException($"{error.Message} {error.Description}");
    }
}
