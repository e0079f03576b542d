using Leda.Harness.Conformance.Acts;
using Leda.Harness.Conformance.Requirements;

namespace Leda.Harness.Conformance;

/// <summary>Kanto's container management (<c>kanto-container-management.md</c>).</summary>
internal sealed class KantoContainers : ConformanceProfile
{
    /// <inheritdoc/>
    public override string Name => "kanto-containers";

    /// <inheritdoc/>
    public override IReadOnlyList<Requirement> Requirements { get; } =
    [
        Handshake.Registers,
        .. Others.Select(requirement => requirement with { Needs = [Handshake.Registers.Id, .. requirement.Needs] }),
    ];

    /// <inheritdoc/>
    public override Task AttachAsync(DeviceUnderTest device) => device.SeeAsync(Attaching.Act);

    /// <summary>What only a device that registers can show.</summary>
    private static IEnumerable<Requirement> Others =>
    [
        .. Handshake.First, .. Registration.All, .. Errors.All, .. OneWay.All, .. Operations.All, .. Creation.All, .. Measurements.All, .. Software.All,
        .. Handshake.Again, .. Robustness.All, .. Handshake.Last,
        .. Envelopes.All, .. Answers.All, .. States.All,
    ];
}
