using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Referee.Contract;

namespace Leda.Harness.Simulator.Coverage;

/// <summary>The operations of the features, each with an answer and without.</summary>
internal sealed class OperationAspect(SchemaCatalogue catalogue, CoverageProfile profile) : Aspect
{
    private const string Inbox = "/inbox/messages/";

    public override string Name => "operations";

    public override IReadOnlyList<string> Universe { get; } =
    [
        .. from place in Places(catalogue, profile)
           where place.Contains(Inbox, StringComparison.Ordinal)
           from way in new[] { true, false }
           select Show(place, way),
    ];

    public override IEnumerable<string> Of(SpokenMessage message) =>
        message is { Signal: { IsLiveRequest: true, Message.Direction: MessageDirection.Inbox }, Place: { } place } ? [Show(place, message.IsTwoWay)] : [];

    private static string Show(string place, bool isTwoWay) => $"{place.Replace(Inbox, " ", StringComparison.Ordinal)}{(isTwoWay ? "" : ", one-way")}";
}
