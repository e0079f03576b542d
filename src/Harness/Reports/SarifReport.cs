using System.Text.Json;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Referee;
using Leda.Harness.Traffic;

namespace Leda.Harness.Reports;

/// <summary>
/// A SARIF 2.1.0 file, the form in which code hosts take findings: one result for each warning and error, at its file and line. What is
/// only worth knowing is left out, because there is nothing to do about it. Results are written as they come.
/// </summary>
internal sealed class SarifReport : IDisposable
{
    private const int FlushAt = 1 << 20;

    private readonly Dictionary<string, int> _rules = [];
    private readonly Utf8JsonWriter _json;

    /// <summary>Begins the file.</summary>
    /// <param name="file">Where to write; stays open.</param>
    public SarifReport(Stream file)
    {
        _json = new Utf8JsonWriter(file, JsonText.Compact with { Indented = true });
        _json.WriteStartObject();
        _json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        _json.WriteString("version", "2.1.0");
        _json.WriteStartArray("runs");
        _json.WriteStartObject();
        _json.WriteString("columnKind", "utf16CodeUnits");
        _json.WriteStartArray("results");
    }

    /// <summary>Writes the findings of one message.</summary>
    public void Add(CheckedItem item)
    {
        foreach (var finding in item.Findings)
        {
            if (finding.Severity != Severity.Info)
                Write(item, finding);
        }

        if (_json.BytesPending > FlushAt)
            _json.Flush();
    }

    /// <summary>Ends the file.</summary>
    public void Dispose()
    {
        _json.WriteEndArray();
        _json.WriteStartObject("tool");
        _json.WriteStartObject("driver");
        _json.WriteString("name", "leda-harness");
        _json.WriteString("semanticVersion", typeof(SarifReport).Assembly.GetName().Version!.ToString(3));
        _json.WriteStartArray("rules");
        foreach (var rule in _rules.Keys)
        {
            _json.WriteStartObject();
            _json.WriteString("id", rule);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.WriteEndObject();
        _json.WriteEndObject();
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Dispose();
    }

    private void Write(CheckedItem item, Finding finding)
    {
        if (!_rules.TryGetValue(finding.Rule, out var index))
            _rules.Add(finding.Rule, index = _rules.Count);
        _json.WriteStartObject();
        _json.WriteString("ruleId", finding.Rule);
        _json.WriteNumber("ruleIndex", index);
        _json.WriteString("level", Wire.Of(finding.Severity));
        _json.WriteStartObject("message");
        _json.WriteString("text", finding.ToString());
        _json.WriteEndObject();
        _json.WriteStartArray("locations");
        _json.WriteStartObject();
        _json.WriteStartObject("physicalLocation");
        _json.WriteStartObject("artifactLocation");
        _json.WriteString("uri", UriOf(item.File));
        _json.WriteEndObject();
        _json.WriteStartObject("region");
        _json.WriteNumber("startLine", item.Line);
        _json.WriteEndObject();
        _json.WriteEndObject();
        if (finding.Where.Length > 0)
        {
            _json.WriteStartArray("logicalLocations");
            _json.WriteStartObject();
            _json.WriteString("fullyQualifiedName", finding.Where);
            _json.WriteEndObject();
            _json.WriteEndArray();
        }

        _json.WriteEndObject();
        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    /// <summary>A relative path stays relative, as code hosts want it; the standard input is called <c>stdin</c>.</summary>
    private static string UriOf(string file)
    {
        if (file == "-")
            return "stdin";
        return Path.IsPathRooted(file)
            ? new Uri(file).AbsoluteUri
            : string.Join('/', file.Split('/', Path.DirectorySeparatorChar).Where(part => part != ".").Select(Uri.EscapeDataString));
    }
}
