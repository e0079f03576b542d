using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Leda.Harness.Tests.Hosting;

/// <summary>What the README shows in C# compiles against the product as it is, and runs.</summary>
public sealed partial class ReadmeTests
{
    private const string Implicit = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading.Tasks;
        """;

    private static readonly string[] _snippets =
        [.. SnippetPattern().Matches(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md"))).Select(m => m.Groups[1].Value)];

    public static TheoryData<int> Snippets => [.. Enumerable.Range(0, _snippets.Length)];

    [Theory]
    [MemberData(nameof(Snippets))]
    public async Task Snippet_OfTheReadme_CompilesAndRuns(int number)
    {
        using var assembly = new MemoryStream();
        var compiled = Compile(_snippets[number]).Emit(assembly, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Empty(compiled.Diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning).Select(d => d.ToString()));
        var main = System.Reflection.Assembly.Load(assembly.ToArray()).EntryPoint!;
        await Task.Factory.StartNew(
            () => main.Invoke(null, [Array.Empty<string>()]), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            .WaitAsync(TimeSpan.FromMinutes(2), RealTime.Provider, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Readme_HasSnippets() => Assert.True(_snippets.Length >= 3, $"{_snippets.Length} snippets were found");

    private static CSharpCompilation Compile(string snippet) => CSharpCompilation.Create(
        "Snippet",
        [CSharpSyntaxTree.ParseText(Implicit), CSharpSyntaxTree.ParseText(snippet)],
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
        new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));

    [GeneratedRegex(@"^```csharp\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex SnippetPattern();
}
