using System.Text.Json;
using static Leda.Harness.Simulator.Referee.Rules.Examples;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>SEM-07, as far as traffic tells it.</summary>
internal sealed class ArtifactFileRule : SignalRule
{
    private const int Most = 200; // of artifacts in one command, each is compared with all before it

    public override string Id => Rule.ArtifactFile;

    public override Severity Severity => Severity.Error;

    public override string Sentence => "A file that a command names twice has the same size and the same checksums both times.";

    public override string Hint => "Compare with the file that is served: one of the two cannot be right.";

    public override string Source => "payloads.md SEM-07";

    public override IReadOnlyList<ExampleMessage> Passing => [Command(Software, "install", Install(artifacts: $"{Artifact("a", 200)},{Artifact("b", 200)}"))];

    public override IReadOnlyList<ExampleMessage> Failing => [Command(Software, "install", Install(artifacts: $"{Artifact("a", 200)},{Artifact("b", 300)}"))];

    public override void Check(Signal signal, List<Finding> findings)
    {
        if (!signal.IsLiveRequest || signal.Message is not { FeatureId: { } feature, Subject: "install" or "download" } || signal.FamilyOf(feature) != FeatureFamily.SoftwareUpdatable)
            return;
        var artifacts = (from module in signal.Envelope.Value?.Items("softwareModules"u8).Index() ?? []
                         from artifact in module.Item.Items("artifacts"u8).Index()
                         select (artifact.Item, At: $"/value/softwareModules/{module.Index}/artifacts/{artifact.Index}")).ToList();
        for (var i = 1; i < artifacts.Count && i < Most; i++)
        {
            var earlier = artifacts.Take(i).FirstOrDefault(other => HaveFileInCommon(other.Item, artifacts[i].Item));
            if (earlier.At is null)
                continue;
            if (earlier.Item.Whole("size"u8) is { } size && artifacts[i].Item.Whole("size"u8) is { } other && size != other)
                findings.Add(Found($"{artifacts[i].At}/size", $"{size}, as at {earlier.At}", $"{other}"));
            CheckDigests(earlier, artifacts[i], findings);
        }
    }

    private static bool HaveFileInCommon(JsonElement one, JsonElement other) => Urls(one).Intersect(Urls(other)).Any();

    private static IEnumerable<string> Urls(JsonElement artifact) =>
        artifact.Member("download"u8) is { ValueKind: JsonValueKind.Object } links
            ? links.EnumerateObject().Select(link => link.Value.Text("url"u8)).OfType<string>().Where(url => url.Length > 0)
            : [];

    private void CheckDigests((JsonElement Item, string At) one, (JsonElement Item, string At) other, List<Finding> findings)
    {
        if (one.Item.Member("checksums"u8) is not { ValueKind: JsonValueKind.Object } digests || other.Item.Member("checksums"u8) is not { } others)
            return;
        foreach (var algorithm in (ReadOnlySpan<string>)["SHA256", "SHA1", "MD5"])
        {
            if (digests.Text(algorithm) is { } first && others.Text(algorithm) is { } second && !second.Equals(first, StringComparison.OrdinalIgnoreCase))
                findings.Add(Found($"{other.At}/checksums/{algorithm}", $"that of {one.At}", $"'{Words.Short(second)}'"));
        }
    }
}
