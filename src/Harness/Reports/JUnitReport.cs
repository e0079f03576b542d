using System.Globalization;
using System.Text;
using System.Xml;

namespace Leda.Harness.Reports;

/// <summary>
/// A JUnit XML file, the form of test results that CI servers read. Cases are written as they come; what is counted stands in the head
/// of the file, where room is left for it, so that any number of cases takes no memory.
/// </summary>
internal sealed class JUnitReport : IDisposable
{
    private const int Room = 120;

    private readonly Stream _file;
    private readonly XmlWriter _xml;
    private readonly long _counts;
    private int _tests;
    private int _failures;
    private int _skipped;
    private TimeSpan _time;

    /// <summary>Begins the file.</summary>
    /// <param name="file">Where to write: it must be able to seek, and stays open.</param>
    /// <param name="suiteName">What was run.</param>
    public JUnitReport(Stream file, string suiteName)
    {
        _file = file;
        Write($"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<testsuites>\n<testsuite name=\"{Attribute(suiteName)}\"");
        _counts = file.Position;
        Write(new string(' ', Room) + ">\n");
        _xml = XmlWriter.Create(file, new XmlWriterSettings
        {
            ConformanceLevel = ConformanceLevel.Fragment,
            Encoding = new UTF8Encoding(false),
            Indent = true,
            NewLineChars = "\n",
            CloseOutput = false,
        });
    }

    /// <summary>Writes a whole report.</summary>
    /// <param name="file">Where to write: it must be able to seek, and stays open.</param>
    /// <param name="suiteName">What was run.</param>
    /// <param name="cases">The outcomes, in their order.</param>
    public static void Write(Stream file, string suiteName, IEnumerable<JUnitCase> cases)
    {
        using var report = new JUnitReport(file, suiteName);
        foreach (var one in cases)
            report.Add(one);
    }

    /// <summary>Writes one case.</summary>
    public void Add(JUnitCase one)
    {
        _tests++;
        _time += one.Duration;
        _xml.WriteStartElement("testcase");
        _xml.WriteAttributeString("classname", XmlText(one.ClassName));
        _xml.WriteAttributeString("name", XmlText(one.Name));
        _xml.WriteAttributeString("time", Seconds(one.Duration));
        if (one.Failure is { } failure)
            WriteFailure(failure);
        if (one.Skipped is { } reason)
        {
            _skipped++;
            _xml.WriteStartElement("skipped");
            _xml.WriteAttributeString("message", XmlText(reason));
            _xml.WriteEndElement();
        }

        if (one.SystemOut is { Length: > 0 } output)
            _xml.WriteElementString("system-out", XmlText(output));
        _xml.WriteEndElement();
    }

    /// <summary>Ends the file.</summary>
    public void Dispose()
    {
        _xml.Dispose();
        Write("\n</testsuite>\n</testsuites>\n");
        var end = _file.Position;
        _file.Position = _counts;
        Write($" tests=\"{_tests}\" failures=\"{_failures}\" errors=\"0\" skipped=\"{_skipped}\" time=\"{Seconds(_time)}\"");
        _file.Position = end;
        _file.Flush();
    }

    private void WriteFailure(JUnitFailure failure)
    {
        _failures++;
        _xml.WriteStartElement("failure");
        _xml.WriteAttributeString("message", XmlText(failure.Message));
        _xml.WriteAttributeString("type", XmlText(failure.Type));
        _xml.WriteString(XmlText(failure.Detail));
        _xml.WriteEndElement();
    }

    private void Write(string text) => _file.Write(Encoding.UTF8.GetBytes(text));

    private static string Seconds(TimeSpan duration) => duration.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Attribute(string text) => new System.Xml.Linq.XAttribute("a", XmlText(text)).ToString()[3..^1];

    /// <summary>XML 1.0 has no way to write most control characters, and what comes from the wire may hold any.</summary>
    private static string XmlText(string text)
    {
        var bad = 0;
        while (bad < text.Length && XmlConvert.IsXmlChar(text[bad]))
            bad++;
        if (bad == text.Length)
            return text;
        var clean = new StringBuilder(text, 0, bad, text.Length + 16);
        for (var i = bad; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
                clean.Append(text[i]).Append(text[++i]);
            else if (XmlConvert.IsXmlChar(text[i]))
                clean.Append(text[i]);
            else
                clean.Append($"\\u{(int)text[i]:x4}");
        }

        return clean.ToString();
    }
}
