namespace Leda.Harness.Simulator.JsonSchema;

/// <summary>The text of one schema file.</summary>
/// <param name="Path">
/// Its name, with <c>/</c> between folders. Other documents refer to it relatively, as <c>../common.json#/definitions/port</c>, or by its
/// <c>$id</c>.
/// </param>
/// <param name="Utf8">Its text.</param>
public sealed record SchemaDocument(string Path, ReadOnlyMemory<byte> Utf8);
