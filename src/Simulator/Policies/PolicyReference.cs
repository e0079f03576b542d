using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Policies;

/// <summary>An entry whose subjects, resources and namespaces are added to those of the entry that refers to it.</summary>
/// <param name="Entry">The label of that entry.</param>
/// <param name="Import">The imported policy that it is in; <see langword="null"/> for the same policy.</param>
public sealed record PolicyReference(string Entry, ThingId? Import);
