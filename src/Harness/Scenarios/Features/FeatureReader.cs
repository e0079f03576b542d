using Gherkin;
using Ast = Gherkin.Ast;

namespace Leda.Harness.Scenarios.Features;

/// <summary>Reads feature files with Cucumber's parser and lays out their scenarios, ready to run.</summary>
internal sealed class FeatureReader(string defaultLanguage)
{
    /// <summary>The scenarios of one file, in order; none when errors were added.</summary>
    public IReadOnlyList<Scenario> Read(string file, string text, ICollection<FeatureFileError> errors)
    {
        Ast.GherkinDocument document;
        try
        {
            using var reader = new StringReader(text);
            document = new Parser().Parse(new TokenScanner(reader), new TokenMatcher(new GherkinDialectProvider(defaultLanguage)));
        }
        catch (ParserException error)
        {
            foreach (var one in error is CompositeParserException all ? all.Errors : [error]) errors.Add(ErrorOf(file, one));
            return [];
        }

        // A file with nothing but comments has no feature.
        if (document.Feature is null) return [];
        var layout = new FeatureLayout(file, document.Feature, errors);
        return layout.Scenarios;
    }

    private static FeatureFileError ErrorOf(string file, ParserException error)
    {
        var at = error.Location ?? new Ast.Location(1, 1);
        // The parser puts "(line:column): " before its message; the place is told in its own way here.
        var prefix = $"({at.Line}:{at.Column}): ";
        var message = error.Message.StartsWith(prefix, StringComparison.Ordinal) ? error.Message[prefix.Length..] : error.Message;
        return new FeatureFileError(new SourceLocation(file, at.Line, Math.Max(at.Column, 1)), message);
    }
}
