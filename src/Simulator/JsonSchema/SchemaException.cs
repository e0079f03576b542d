namespace Leda.Harness.Simulator.JsonSchema;

/// <summary>A schema that cannot be honoured to the letter; it is refused when it is loaded.</summary>
/// <param name="file">The document.</param>
/// <param name="pointer">JSON pointer to the place in it.</param>
/// <param name="problem">What is wrong and what to do.</param>
public sealed class SchemaException(string file, string pointer, string problem) : Exception($"{file}#{pointer}: {problem}")
{
    /// <summary>The document.</summary>
    public string File { get; } = file;

    /// <summary>JSON pointer to the place in it.</summary>
    public string Pointer { get; } = pointer;

    /// <summary>What is wrong and what to do.</summary>
    public string Problem { get; } = problem;
}
