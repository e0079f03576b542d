using System.Text.Json;
using Leda.Harness.Simulator.Tests;
using Leda.Harness.Tests.Cli;

namespace Leda.Harness.Tests.Check;

/// <summary>What the reference has recorded and written by hand, through the command itself.</summary>
public sealed class CheckReferenceTests
{
    /// <summary>Recordings, each with the lines whose notes say that a fault is put in on purpose.</summary>
    public static TheoryData<string, int[]> Recordings => new()
    {
        { "02-edge-thing-response-first", [] },
        { "03-edge-thing-response-repeat-identical", [] },
        { "04-edge-thing-response-policy-change", [] },
        { "10-cli-lifecycle", [] },
        { "11-mqtt-create-start-stop-remove", [] },
        { "12-mqtt-container-operations", [38, 49] }, // rename non-string, update invalid
        { "20-su-install-remove", [] },
        { "21-su-install-wrong-checksum", [2] }, // install wrong md5
        { "22-su-install-failures", [45, 48] }, // install no artifacts, install no modules
        { "30-metrics", [25] }, // invalid frequency
        { "50-suite-connector-boot", [] },
        { "51-suite-connector-commands", [24] }, // start with numeric timeout
    };

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task Check_Recording_HasNoErrorButThoseOnPurpose(string name, int[] faults)
    {
        var items = await CheckAsync(Reference.Find($"captures/{name}.ndjson"));

        Assert.Equal(faults, items.Where(item => Verdict(item) == "ERROR").Select(item => item.GetProperty("line").GetInt32()));
        Assert.All(items, item => Assert.NotEmpty(item.GetProperty("topic").GetString()!));
    }

    [Fact]
    public void Recordings_OfTheReference_AreAllInTheTable() => Assert.Equal(
        Directory.GetFiles(Path.GetDirectoryName(Reference.Find("captures/README.md"))!, "*.ndjson").Select(Path.GetFileNameWithoutExtension).Order(),
        Recordings.Select(row => row.Data.Item1).Order());

    [Fact]
    public async Task Check_EveryPayloadCase_GetsTheVerdictThatItCarries()
    {
        var file = Reference.Find("payload-cases.json");
        var expected = JsonElement.Parse(await File.ReadAllTextAsync(file)).GetProperty("cases").EnumerateArray().Select(item => (
            item.GetProperty("id").GetString(), item.GetProperty("verdict").GetString() switch { "V" => "OK", "K" => "WARN", _ => "ERROR" }));

        var items = await CheckAsync(file);

        Assert.Equal(149, items.Count);
        Assert.Equal(expected, items.Select(item => (item.GetProperty("id").GetString(), Verdict(item))));
        Assert.DoesNotContain(items, item => item.GetProperty("findings").EnumerateArray().Any(finding => finding.GetProperty("rule").GetString()!.StartsWith("input/", StringComparison.Ordinal)));
    }

    private static string Verdict(JsonElement item) => item.GetProperty("verdict").GetString()!;

    private static async Task<List<JsonElement>> CheckAsync(string file)
    {
        await using var program = RunningProgram.Harness("check", file, "--json");
        var end = await program.EndAsync();
        Assert.Empty(end.Error);
        return [.. end.Output.Split('\n').Select(line => JsonElement.Parse(line))];
    }
}
