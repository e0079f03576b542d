using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Leda.Harness.Conformance;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Simulator.Journal;

namespace Leda.Harness.Reports;

/// <summary>A conformance report as one HTML page that needs nothing else: a template, filled in, with all text escaped.</summary>
internal static class ConformanceHtml
{
    private const int LongestPayload = 20_000;

    private static readonly JsonSerializerOptions _pretty = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<string, string> _themes = new()
    {
        ["HS"] = "Handshake",
        ["FE"] = "Features",
        ["ER"] = "Errors",
        ["OW"] = "One-way commands",
        ["OP"] = "Operations",
        ["CR"] = "Creation",
        ["ME"] = "Metrics",
        ["SU"] = "Software update",
        ["RO"] = "Robustness",
        ["EN"] = "Envelopes",
        ["RS"] = "Answers",
        ["ST"] = "States",
        ["DE"] = "Dependencies",
        ["RF"] = "Referee",
    };

    /// <summary>The page.</summary>
    public static string Of(ConformanceReport report)
    {
        var failed = report.Failures.Any();
        var parts = new Dictionary<string, string>
        {
            ["verdict"] = failed ? "failed" : "passed",
            ["headline"] = Headline(report),
            ["device"] = Text(report.Identity.DeviceId),
            ["tenant"] = Text(report.Identity.TenantId),
            ["profile"] = Text(report.Profile),
            ["broker"] = Text(report.Where),
            ["started"] = report.Started.ToString("yyyy-MM-dd HH:mm:ss 'UTC'"),
            ["took"] = $"{report.Took.TotalSeconds:0.0} s",
            ["passed"] = $"{report.Count(Outcome.Passed)}",
            ["failed"] = $"{report.Count(Outcome.Failed)}",
            ["na"] = $"{report.Count(Outcome.NotApplicable)}",
            ["bar"] = Bar(report),
            ["failures"] = Failures(report),
            ["contents"] = string.Concat(Themes(report).Select(t => $"<a href=\"#theme-{t.Key}\">{Name(t.Key)}{Badge(t)}</a>")),
            ["results"] = string.Concat(Themes(report).Select(Theme)),
            ["coverage"] = CoverageHtml.Of(report.Coverage),
            ["messages"] = string.Concat(report.Results.SelectMany(r => r.Evidence).DistinctBy(e => e.Sequence).OrderBy(e => e.Sequence).Select(Message)),
        };
        return Fill(Template(), parts);
    }

    /// <summary>In one pass, so that nothing that is filled in is taken for a place to fill.</summary>
    private static string Fill(string template, Dictionary<string, string> parts)
    {
        var page = new StringBuilder();
        var pieces = template.Split("{{");
        page.Append(pieces[0]);
        foreach (var piece in pieces.Skip(1))
        {
            var end = piece.IndexOf("}}", StringComparison.Ordinal);
            page.Append(parts[piece[..end]]).Append(piece.AsSpan(end + 2));
        }

        return page.ToString();
    }

    private static string Template()
    {
        using var reader = new StreamReader(typeof(ConformanceHtml).Assembly.GetManifestResourceStream("conformance.html")!);
        return reader.ReadToEnd();
    }

    private static IEnumerable<IGrouping<string, RequirementResult>> Themes(ConformanceReport report) => report.Results.GroupBy(r => r.Theme);

    private static string Name(string theme) => _themes.GetValueOrDefault(theme, theme);

    private static string Badge(IEnumerable<RequirementResult> theme) =>
        theme.Count(r => r.Outcome == Outcome.Failed) is > 0 and var failures ? $" <b class=\"badge\">{failures}</b>" : "";

    private static string Headline(ConformanceReport report)
    {
        if (report.IsInterrupted)
            return "The suite was interrupted";
        return report.Count(Outcome.Failed) switch
        {
            0 => "The device conforms",
            1 => "One requirement is not met",
            var failures => $"{failures} requirements are not met",
        };
    }

    private static string Bar(ConformanceReport report) => string.Concat(new[] { (Outcome.Failed, "failed"), (Outcome.Passed, "passed"), (Outcome.NotApplicable, "na") }
        .Where(p => report.Count(p.Item1) > 0).Select(p => $"<i class=\"{p.Item2}\" style=\"flex-grow:{report.Count(p.Item1)}\"></i>"));

    /// <summary>What is wrong, so that nobody has to look for it.</summary>
    private static string Failures(ConformanceReport report) => report.Failures.Any()
        ? $"<ul class=\"failures\">{string.Concat(report.Failures.Select(f => $"<li><a href=\"#{Text(f.Id)}\"><code>{Text(f.Id)}</code> {Text(f.Sentence)}</a></li>"))}</ul>"
        : "";

    private static string Theme(IGrouping<string, RequirementResult> theme) =>
        $"<section id=\"theme-{theme.Key}\"><h2>{Name(theme.Key)}</h2>{string.Concat(theme.Select(Requirement))}</section>\n";

    private static string Requirement(RequirementResult result)
    {
        var kind = result.Outcome switch { Outcome.Passed => "passed", Outcome.Failed => "failed", _ => "na" };
        var html = new StringBuilder();
        html.Append($"<details class=\"requirement {kind}\" id=\"{Text(result.Id)}\"{(kind == "failed" ? " open" : "")}><summary><span class=\"mark\" aria-label=\"{ConformanceText.Word(result.Outcome)}\"></span>");
        html.Append($"<code class=\"id\">{Text(result.Id)}</code><span class=\"sentence\">{Text(result.Sentence)}</span><a class=\"anchor\" href=\"#{Text(result.Id)}\" aria-label=\"link to {Text(result.Id)}\">#</a></summary><div class=\"body\">");
        html.Append("<dl>");
        if (kind == "failed")
            html.Append($"{Row("expected", result.Expected)}{Row("seen", result.Seen, "seen")}{string.Concat(result.Why.Select(w => Row("why not", $"{w}")))}{(result.Hint.Length > 0 ? Row("try", result.Hint) : "")}");
        if (kind == "na")
            html.Append(Row("why not", result.Reason));
        html.Append($"{Row("rule", result.Source)}</dl>");
        foreach (var entry in result.Evidence.Where(e => result.Wrong.Contains(e.Sequence)).Take(3))
            html.Append($"<figure class=\"wrong\"><figcaption>{Text(ConversationWho(entry))} <code>{Text(entry.Topic)}</code></figcaption>{Payload(entry)}</figure>");
        if (result.Evidence.Count > 0)
            html.Append($"<details class=\"conversation\"{(kind == "failed" ? " open" : "")}><summary>The conversation, {result.Evidence.Count} {(result.Evidence.Count == 1 ? "entry" : "entries")}</summary>{SequenceDiagram.Of(result.Evidence, result.Wrong)}</details>");
        return html.Append("</div></details>\n").ToString();
    }

    private static string Row(string term, string text, string kind = "") => $"<dt>{term}</dt><dd{(kind.Length > 0 ? $" class=\"{kind}\"" : "")}>{Text(text)}</dd>";

    private static string Message(JournalEntry entry) =>
        $"<details class=\"message\" id=\"m{entry.Sequence}\"><summary><code class=\"time\">{entry.At:HH:mm:ss.fff}</code><span>{Text(ConversationWho(entry))}</span><span class=\"label\">{Text(MessageLabel.Of(entry))}</span></summary><div class=\"body\"><code class=\"topic\">{Text(entry.Topic)}</code>{Payload(entry)}</div></details>\n";

    private static string ConversationWho(JournalEntry entry) => entry.Who == CloudSide.Name ? "cloud" : "device";

    private static string Payload(JournalEntry entry)
    {
        if (entry.Payload.IsEmpty)
            return "";
        var text = JsonText.TryParse(entry.Payload.Span, out var json, out _)
            ? JsonSerializer.Serialize(json, _pretty)
            : new BusMessage("", entry.Payload).Text;
        return $"<pre tabindex=\"0\">{Text(text.Length <= LongestPayload ? text : $"{text.AsSpan(0, LongestPayload)}\n… and {text.Length - LongestPayload} characters more")}</pre>";
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
