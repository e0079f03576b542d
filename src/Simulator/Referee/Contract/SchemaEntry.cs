namespace Leda.Harness.Simulator.Referee.Contract;

/// <summary>One payload of the contract, as <c>schemas/index.json</c> lists it.</summary>
/// <param name="Id">Its name, for example <c>container.state</c>.</param>
/// <param name="Title">What it is, in a few words.</param>
/// <param name="Version">Version of the model that it follows.</param>
/// <param name="Source">Where its rules come from.</param>
/// <param name="Direction"><c>to cloud</c>, <c>to device</c> or <c>both</c>.</param>
/// <param name="AppliesTo">Where it applies: MQTT topics, kinds of envelope, or parts of a feature; empty for parts of other payloads.</param>
/// <param name="Contract">File of the strict profile below <c>schemas/</c>; <see langword="null"/> if the payload is free.</param>
/// <param name="Wire">File of the tolerant profile; <see langword="null"/> if the two do not differ.</param>
/// <param name="Aliases">Other names, for example <c>ctr.state</c>; <see langword="null"/> for none.</param>
/// <param name="MayBeEmpty">Whether released programs are known to send nothing at all, not even <c>{}</c>: a warning.</param>
public sealed record SchemaEntry(
    string Id,
    string Title,
    string Version,
    string Source,
    string Direction,
    IReadOnlyList<string> AppliesTo,
    string? Contract = null,
    string? Wire = null,
    IReadOnlyList<string>? Aliases = null,
    bool MayBeEmpty = false);
