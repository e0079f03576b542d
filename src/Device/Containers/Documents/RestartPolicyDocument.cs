namespace Leda.Harness.Device.Containers.Documents;

/// <summary>When a container is started again.</summary>
internal sealed record RestartPolicyDocument
{
    /// <summary>How often at most, for <c>on-failure</c>; 0 means without limit.</summary>
    public long MaximumRetryCount { get; init; }

    /// <summary>Longest pause between two attempts, in nanoseconds.</summary>
    public long RetryTimeout { get; init; }

    /// <summary><c>always</c>, <c>no</c>, <c>on-failure</c> or <c>unless-stopped</c>.</summary>
    public string? Type { get; init; }
}
