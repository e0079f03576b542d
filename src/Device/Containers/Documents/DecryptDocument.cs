namespace Leda.Harness.Device.Containers.Documents;

/// <summary>What an encrypted image is opened with.</summary>
internal sealed record DecryptDocument
{
    /// <summary><c>path[:password]</c>.</summary>
    public IReadOnlyList<string>? Keys { get; init; }

    /// <summary><c>pkcs7:path</c>.</summary>
    public IReadOnlyList<string>? Recipients { get; init; }
}
