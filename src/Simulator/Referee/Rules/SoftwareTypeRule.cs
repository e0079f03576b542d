using System.Text.Json;
using Leda.Harness.Simulator.Referee.Memory;
using static Leda.Harness.Simulator.Referee.Rules.Examples;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>SEM-03. Whoever has software to install finds the feature by its type.</summary>
internal sealed class SoftwareTypeRule : ConversationRule
{
    private static readonly FeaturePlace _type = new("/properties/status/softwareModuleType");

    public override string Id => Rule.SoftwareType;

    public override Severity Severity => Severity.Error;

    public override string Sentence => "The features of a thing that install software are each for another softwareModuleType.";

    public override string Hint => "Give each feature a softwareModuleType of its own: whoever installs cannot tell them apart.";

    public override string Source => "payloads.md 2, SEM-03";

    public override IReadOnlyList<ExampleMessage> Passing => [Announced("oci:container"), Announced("firmware", "SoftwareUpdatable:fw")];

    public override IReadOnlyList<ExampleMessage> Failing => [Announced("oci:container"), Announced("oci:container", "SoftwareUpdatable:fw")];

    public override void Check(Heard heard, Conversation conversation, List<Finding> findings)
    {
        if (!heard.IsStatement)
            return;
        foreach (var part in heard.Signal!.Features)
        {
            if (part.Family != FeatureFamily.SoftwareUpdatable || part.Find(_type) is not { Value.ValueKind: JsonValueKind.String } type)
                continue;
            var text = type.Value.GetString();
            foreach (var (id, feature) in heard.Thing.Features.All)
            {
                if (id == part.Id || feature.SoftwareModuleType != text)
                    continue;
                findings.Add(Found(type.At, $"another type than that of the feature '{Words.Short(id)}'", $"'{Words.Short(text!)}'"));
                break;
            }
        }
    }
}
