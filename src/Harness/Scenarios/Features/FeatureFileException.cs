namespace Leda.Harness.Scenarios.Features;

/// <summary>What is wrong with a feature file, and where.</summary>
internal sealed record FeatureFileError(SourceLocation At, string Message)
{
    public override string ToString() => $"{At}: error: {Message}";
}

/// <summary>Feature files that cannot be run: all errors of all files, one a line.</summary>
internal sealed class FeatureFileException(IReadOnlyList<FeatureFileError> errors) : Exception(string.Join(Environment.NewLine, errors))
{
    public IReadOnlyList<FeatureFileError> Errors { get; } = errors;
}
