using System.Text.Json;
using Leda.Harness.Protocol.HawkBit;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Protocol.Updates;
using NJsonSchema.Generation;

namespace Leda.Harness.Simulator.Tests.Referee.Drift;

/// <summary>
/// The records that stand for payloads and the contract say the same: schemas that NJsonSchema makes of the records are held against
/// ours. What differs is listed in <c>Data/drift.txt</c>, each with its reason, so that neither can change alone.
/// </summary>
public sealed class DriftTests
{
    private static readonly (Type Record, JsonSerializerOptions Options, string Schema, string Pointer)[] _pairs =
    [
        (typeof(OperationStatus), HawkBitJson.Default.Options, "software-updatable.last-operation", ""),
        (typeof(SoftwareUpdateAction), HawkBitJson.Default.Options, "software-updatable.install", ""),
        (typeof(SoftwareRemoveAction), HawkBitJson.Default.Options, "software-updatable.remove", ""),
        (typeof(ContainerStatus), KantoJson.Default.Options, "container.status", ""),
        (typeof(CreateArguments), KantoJson.Default.Options, "container-factory.create-with-config", ""),
        (typeof(StopArguments), KantoJson.Default.Options, "container.stop-with-options", ""),
        (typeof(UpdateArguments), KantoJson.Default.Options, "container.update", ""),
        (typeof(MetricsRequest), KantoJson.Default.Options, "metrics.request", ""),
        (typeof(MetricsData), KantoJson.Default.Options, "metrics.data", ""),
        (typeof(DesiredState), UpdatesJson.Default.Options, "update.desired-state", ""),
        (typeof(DesiredStateFeedback), UpdatesJson.Default.Options, "update.feedback", ""),
        (typeof(DesiredStateCommand), UpdatesJson.Default.Options, "update.mqtt.command", "/properties/payload"),
        (typeof(Inventory), UpdatesJson.Default.Options, "update.inventory", ""),
    ];

    public static TheoryData<string> Records => [.. _pairs.Select(pair => pair.Record.Name)];

    [Theory]
    [MemberData(nameof(Records))]
    public void Contract_AgainstTheRecord_DiffersOnlyWhereItIsExplained(string record)
    {
        var (type, options, schema, pointer) = _pairs.Single(pair => pair.Record.Name == record);
        var generated = JsonSchemaGenerator.FromType(type, new SystemTextJsonSchemaGeneratorSettings { SerializerOptions = options });

        var code = SchemaShape.OfText(generated.ToJson());
        var contract = SchemaShape.OfFile(Cloud.Catalogue.Find(schema)!.Contract!, pointer);

        Assert.NotEmpty(code.Intersect(contract));
        var differences = code.Except(contract).Select(line => "code " + line).Concat(contract.Except(code).Select(line => "contract " + line));
        Assert.Equal(string.Join('\n', Explained(record)), string.Join('\n', differences.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Explanations_OfRecords_BelongToOneThatIsCompared()
    {
        var named = Lines().Where(line => line.StartsWith('[')).Select(line => line.Trim('[', ']'));

        Assert.All(named, record => Assert.Contains(_pairs, pair => pair.Record.Name == record));
    }

    private static IEnumerable<string> Explained(string record) =>
        Lines().SkipWhile(line => line != $"[{record}]").Skip(1).TakeWhile(line => !line.StartsWith('[')).Where(line => line.Length > 0 && line[0] != '#').Order(StringComparer.Ordinal);

    private static string[] Lines() => File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Data", "drift.txt"));
}
