namespace Leda.Harness.Device.Engines.Simulated;

/// <summary>
/// The images that were pulled, and what cannot be. Every image exists, also under a short name, but those that say in their reference
/// that they do not: a path segment <c>nosuch</c>, a registry below the reserved domain <c>.invalid</c> (RFC 2606), or <c>invalid</c> alone, which is
/// what the original's own test of its command line asks for (<c>kanto-container-management.md</c> 8).
/// </summary>
internal sealed class SimulatedImages(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _present = new(StringComparer.Ordinal);

    /// <summary>Pulls an image unless it is there.</summary>
    /// <exception cref="EngineException">It cannot be pulled.</exception>
    public async Task PullAsync(string reference, Behaviour told, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_present.Contains(reference))
                return;
        }

        if (told.PullTime > TimeSpan.Zero)
            await Task.Delay(told.PullTime, time, cancellationToken);
        if ((told.PullError ?? Unresolvable(reference)) is { } problem)
            throw new EngineException(problem);
        lock (_gate)
            _present.Add(reference);
    }

    /// <summary>Why there is no such image, in containerd's words, which clients have seen (recording 22).</summary>
    private static string? Unresolvable(string reference)
    {
        var segments = reference.Split('/');
        var address = segments[0];
        var host = address.Split(':')[0];
        var isLocal = host is "localhost" or "127.0.0.1";
        var (path, tag) = NameAndTag(string.Join('/', segments[1..]));
        var request = $"failed to do request: Head \"http{(isLocal ? "" : "s")}://{address}/v2/{path}/manifests/{tag}\"";
        var reason = reference == "invalid" ? "object required"
            : segments.Length > 1 && host.EndsWith(".invalid", StringComparison.Ordinal) ? $"{request}: dial tcp: lookup {host}: no such host"
            : !segments.Any(s => s.Split(':', '@')[0] == "nosuch") ? null
            : isLocal && address.Contains(':', StringComparison.Ordinal) ? $"{request}: dial tcp {address}: connect: connection refused"
            : $"{reference}: not found";
        return reason is null ? null : $"failed to resolve reference \"{reference}\": {reason}";
    }

    private static (string Path, string Tag) NameAndTag(string rest)
    {
        var end = rest.IndexOfAny([':', '@']);
        return end < 0 ? (rest, "latest") : (rest[..end], rest[(end + 1)..]);
    }
}
