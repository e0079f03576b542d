namespace Leda.Harness.Scenarios.Features;

/// <summary>The scenarios to run, in the order of their files and lines.</summary>
internal sealed class FeatureSet
{
    private FeatureSet(IReadOnlyList<Scenario> scenarios) => Scenarios = scenarios;

    public IReadOnlyList<Scenario> Scenarios { get; }

    /// <summary>Reads feature files.</summary>
    /// <param name="pathsOrDirectories">Files; directories, with all <c>*.feature</c> files below them; or <c>file:line</c> for one scenario, outline or row.</param>
    /// <param name="tags">Which scenarios to keep; null keeps all.</param>
    /// <param name="language">The dialect of files without a <c># language</c> line.</param>
    /// <exception cref="FileNotFoundException">There is no such file or directory.</exception>
    /// <exception cref="FeatureFileException">Some files cannot be run.</exception>
    public static FeatureSet Load(IEnumerable<string> pathsOrDirectories, TagExpression? tags = null, string language = "en")
    {
        var reader = new FeatureReader(language);
        List<FeatureFileError> errors = [];
        List<Scenario> scenarios = [];
        foreach (var (file, line) in pathsOrDirectories.SelectMany(Expand).Distinct())
        {
            var read = reader.Read(file, File.ReadAllText(file), errors);
            scenarios.AddRange(line is null ? read : At(read, line.Value));
        }

        if (errors.Count > 0) throw new FeatureFileException([.. errors.Distinct()]);
        return new FeatureSet([.. scenarios.DistinctBy(scenario => scenario.Id).Where(scenario => tags?.Matches(scenario.AllTags) != false)]);
    }

    /// <summary>Reads one feature from text, as if it were the content of <paramref name="file"/>.</summary>
    /// <inheritdoc cref="Load"/>
    public static FeatureSet Parse(string file, string text, TagExpression? tags = null, string language = "en")
    {
        List<FeatureFileError> errors = [];
        var scenarios = new FeatureReader(language).Read(file, text, errors);
        if (errors.Count > 0) throw new FeatureFileException(errors);
        return new FeatureSet([.. scenarios.Where(scenario => tags?.Matches(scenario.AllTags) != false)]);
    }

    private static IEnumerable<(string File, int? Line)> Expand(string path)
    {
        if (Directory.Exists(path))
        {
            return Directory.EnumerateFiles(path, "*.feature", SearchOption.AllDirectories)
                .Select(file => file.Replace('\\', '/'))
                .Order(StringComparer.Ordinal)
                .Select(file => (file, (int?)null));
        }

        if (File.Exists(path)) return [(path.Replace('\\', '/'), null)];
        var colon = path.LastIndexOf(':');
        if (colon > 0 && int.TryParse(path[(colon + 1)..], out var line) && File.Exists(path[..colon]))
            return [(path[..colon].Replace('\\', '/'), line)];
        throw new FileNotFoundException($"There is no feature file or directory '{path}'.", path);
    }

    /// <summary>An outline's line stands for all of its rows.</summary>
    private static IEnumerable<Scenario> At(IReadOnlyList<Scenario> scenarios, int line)
        => scenarios.Where(scenario => scenario.At.Line == line || scenario.TitleLine == line);
}
