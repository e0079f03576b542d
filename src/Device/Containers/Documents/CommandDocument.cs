namespace Leda.Harness.Device.Containers.Documents;

/// <summary>What is run in a container.</summary>
internal sealed record CommandDocument
{
    /// <summary><c>VAR=value</c>, <c>VAR=</c> or <c>VAR</c>.</summary>
    public IReadOnlyList<string>? Env { get; init; }

    /// <summary>Command line; default that of the image.</summary>
    public IReadOnlyList<string>? Cmd { get; init; }
}
