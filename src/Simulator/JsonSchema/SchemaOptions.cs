namespace Leda.Harness.Simulator.JsonSchema;

/// <summary>How schemas are read.</summary>
public sealed record SchemaOptions
{
    /// <summary>
    /// Whether <c>integer</c> asks for what a program in Go can read into its widest integer: at most 64 bits, written without point and
    /// exponent (<c>payloads.md</c> 1.3). JSON Schema alone also takes <c>1.0</c> and <c>1e3</c>, and so does the default.
    /// </summary>
    public bool IntegersFitInt64 { get; init; }
}
