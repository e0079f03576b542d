using Leda.Harness.Protocol.HawkBit;

namespace Leda.Harness.Device.Features.Software;

/// <summary>An operation on software has failed in a way that its status tells.</summary>
internal sealed class SoftwareException : Exception
{
    /// <summary>What the original tells when it stumbles over its own feet (<c>kanto-container-management.md</c> 3.4.2).</summary>
    public const string InternalError = "internal runtime error";

    private SoftwareException(string status, string message)
        : base(message) => Status = status;

    /// <summary>One of <see cref="SoftwareStatus"/>.</summary>
    public string Status { get; }

    /// <summary>It cannot be done.</summary>
    public static SoftwareException Error(string message) => new(SoftwareStatus.FinishedError, message);

    /// <summary>It must not be done.</summary>
    public static SoftwareException Rejected(string message) => new(SoftwareStatus.FinishedRejected, message);

    /// <summary>What the original stumbles over.</summary>
    public static SoftwareException Internal() => new(SoftwareStatus.FinishedError, InternalError);
}
