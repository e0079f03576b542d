namespace Leda.Harness.Device.Containers.Documents;

/// <summary>A program of the host that runs before or after a container's process.</summary>
internal sealed record HookDocument
{
    /// <summary>The program.</summary>
    public string? Path { get; init; }

    /// <summary>Its arguments.</summary>
    public IReadOnlyList<string>? Args { get; init; }

    /// <summary>Its environment.</summary>
    public IReadOnlyList<string>? Env { get; init; }

    /// <summary>How long it may take, in seconds.</summary>
    public int Timeout { get; init; }

    /// <summary>0 before the start, 1 after it, 2 after the stop.</summary>
    public int Type { get; init; }
}
