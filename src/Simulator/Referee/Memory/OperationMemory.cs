namespace Leda.Harness.Simulator.Referee.Memory;

/// <summary>How far a software operation is.</summary>
internal sealed class OperationMemory
{
    /// <summary>The last status; empty if the device may have started anew since, so that any may follow.</summary>
    public string Status { get; private set; } = "";

    /// <summary>The last progress within <see cref="Status"/>.</summary>
    public long? Progress { get; private set; }

    /// <summary>The status before somebody wanted to cancel.</summary>
    public string BeforeCancel { get; private set; } = "";

    /// <summary>Whether it was seen from its command on, without a gap.</summary>
    public bool IsWhole { get; private set; }

    public bool WasInstalled { get; private set; }

    public bool IsRemoval { get; private set; }

    /// <summary>How many commands it has begun for.</summary>
    public int Begun { get; private set; }

    public void Begin()
    {
        Begun++;
        (IsWhole, WasInstalled, Status) = (true, false, "");
    }

    public void Take(OperationReport report)
    {
        if (!OperationStates.IsCancel(report.Status))
            BeforeCancel = report.Status;
        Progress = report.Value.Whole("progress"u8) ?? (Status == report.Status ? Progress : null);
        Status = report.Status;
        WasInstalled |= report.Status == OperationStates.Installed;
        IsRemoval |= report.Status.StartsWith("REMOV", StringComparison.Ordinal);
    }

    /// <summary>The device has announced the feature again: it resumes wherever it was, and may repeat or skip states.</summary>
    public void Interrupt() => (Status, Progress, IsWhole) = ("", null, false);
}
