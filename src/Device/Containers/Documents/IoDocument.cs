namespace Leda.Harness.Device.Containers.Documents;

/// <summary>A container's standard streams.</summary>
internal sealed record IoDocument
{
    /// <summary>Whether standard error is attached.</summary>
    public bool AttachStderr { get; init; }

    /// <summary>Whether standard input is attached.</summary>
    public bool AttachStdin { get; init; }

    /// <summary>Whether standard output is attached.</summary>
    public bool AttachStdout { get; init; }

    /// <summary>Whether standard input stays open.</summary>
    public bool OpenStdin { get; init; }

    /// <summary>Whether standard input ends with the first client's.</summary>
    public bool StdinOnce { get; init; }

    /// <summary>Whether it has a terminal.</summary>
    public bool Tty { get; init; }
}
