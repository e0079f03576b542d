using System.Globalization;
using Reqnroll;

namespace Leda.Harness.Scenarios.Running;

/// <summary>Keeps what steps and hooks write until someone takes it.</summary>
internal sealed class OutputCollector : IReqnrollOutputHelper
{
    private readonly List<string> _attachments = [];
    private List<string> _lines = [];

    public IReadOnlyList<string> Attachments => _attachments;

    public void WriteLine(string message) => _lines.Add(message);

    public void WriteLine(string format, params object?[] args) => _lines.Add(string.Format(CultureInfo.CurrentCulture, format, args));

    public void AddAttachment(string filePath) => _attachments.Add(filePath);

    /// <summary>The lines since the last time.</summary>
    public IReadOnlyList<string> Take()
    {
        var taken = _lines;
        _lines = [];
        return taken;
    }
}
