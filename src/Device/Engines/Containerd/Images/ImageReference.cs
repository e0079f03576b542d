namespace Leda.Harness.Device.Engines.Containerd.Images;

/// <summary>
/// An image's name as it must be given: <c>registry[:port]/path/name:tag</c> or <c>…@sha256:…</c> (<c>kanto-container-management.md</c> 5.4).
/// </summary>
/// <param name="Host">The registry.</param>
/// <param name="Repository">The path and name there.</param>
/// <param name="Version">The tag or the digest.</param>
internal sealed record ImageReference(string Host, string Repository, string Version)
{
    private const string DockerHub = "docker.io";
    private const string DockerRegistry = "registry-1.docker.io";

    /// <summary>Where the registry is. Loopback needs no encryption.</summary>
    public Uri Registry
    {
        get
        {
            var url = new Uri($"https://{(Host == DockerHub ? DockerRegistry : Host)}/v2/");
            return url.IsLoopback ? new Uri($"http://{Host}/v2/") : url;
        }
    }

    /// <exception cref="EngineException">The text is no such name.</exception>
    public static ImageReference Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var path = slash > 0 ? text[(slash + 1)..] : "";
        var end = path.IndexOfAny(['@', ':']);
        if (end <= 0 || end == path.Length - 1)
            throw Refuse(text, "object required: give registry, name and tag, as in docker.io/library/busybox:1.35");
        var version = path[(path.IndexOf('@', StringComparison.Ordinal) is var at and > 0 ? at + 1 : end + 1)..];
        if (!Uri.TryCreate($"https://{text[..slash]}/", UriKind.Absolute, out var url) || url.UserInfo.Length > 0 || path.AsSpan().IndexOfAny(" ?#%") >= 0)
            throw Refuse(text, "invalid reference format");
        return new ImageReference(text[..slash], path[..end], version);
    }

    public override string ToString() => $"{Host}/{Repository}{(Version.Contains(':', StringComparison.Ordinal) ? '@' : ':')}{Version}";

    private static EngineException Refuse(string text, string why) => new($"failed to resolve reference \"{text}\": {why}");
}
