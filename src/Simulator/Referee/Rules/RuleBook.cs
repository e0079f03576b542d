namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>Everything that the referee knows; <c>docs/rules.md</c> is written from it.</summary>
public static class RuleBook
{
    /// <summary>The rules of one envelope, in the order in which they are checked. What they say of a place, no schema says again.</summary>
    internal static SignalRule[] Signals { get; } =
    [
        new SameThingRule(),
        new SameSubjectRule(),
        new CorrelationIdRule(),
        new ResponseRequiredRule(),
        new ContentTypeRule(),
        new ResponseStatusRule(),
        new ResponsePathRule(),
        new ResponseValueRule(),
        new EnvelopePathRule(),
        new IdentityEmptyRule(),
        new DependencyKeyRule(),
        new ArtifactFileRule(),
        new PortsRule(),
        new MemoryRule(),
        new ExclusionRule(),
        new ProcessIdRule(),
    ];

    /// <summary>The rules of a conversation.</summary>
    internal static ConversationRule[] Conversations { get; } =
    [
        new IdentityBeforeRule(),
        new IdentityTenantRule(),
        new GatewayFormRule(),
        new FeatureAnnouncedRule(),
        new ResponseMatchRule(),
        new ResponseUnaskedRule(),
        new ResponseOnceRule(),
        new ResponseOneWayRule(),
        new ResponseLateRule(),
        new ResponseOperationRule(),
        new SoftwareTypeRule(),
        new TransitionRule(),
        new ProgressRule(),
        new FailedFirstRule(),
        new InstalledFirstRule(),
        new OrphanRule(),
        new StatusSubjectRule(),
        new MetricsTimeRule(),
        new ActivityRule(),
        new AssociationsRule(),
        new UploadIdRule(),
        new CancelRule(),
        new RevisionRule(),
    ];

    /// <summary>All rules: first those of reading a message, then those of an envelope, then those of a conversation.</summary>
    public static IReadOnlyList<ContractRule> All { get; } = [.. ReadingRules.All, .. Signals, .. Conversations];

    /// <summary>The rule of a finding; <see langword="null"/> if it is none of this book.</summary>
    /// <param name="id">The id as the finding has it.</param>
    public static ContractRule? Find(string id) =>
        All.FirstOrDefault(rule => rule.Id == id) ?? All.FirstOrDefault(rule => rule.Id == Rule.Schema && id.StartsWith(Rule.Schema, StringComparison.Ordinal));
}
