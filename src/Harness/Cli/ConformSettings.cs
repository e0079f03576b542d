using System.Net;
using Leda.Harness.Conformance;
using Leda.Harness.Hosting;
using Leda.Harness.Reports;

namespace Leda.Harness.Cli;

/// <summary>What the user of <c>leda-harness conform</c> asked for.</summary>
internal sealed record ConformSettings
{
    /// <summary>Somebody else's broker; <see langword="null"/> for one of our own.</summary>
    public Uri? Broker { get; init; }

    /// <summary>The user's name at that broker.</summary>
    public string? UserName { get; init; }

    /// <summary>The user's password there.</summary>
    public string? Password { get; init; }

    /// <summary>What is required.</summary>
    public required ConformanceProfile Profile { get; init; }

    /// <summary>How the device is tried.</summary>
    public required ConformanceOptions Options { get; init; }

    /// <summary>The world around the device, where the broker is our own.</summary>
    public required HarnessOptions Harness { get; init; }

    /// <summary>Where the device finds files.</summary>
    public required IPAddress ArtifactAddress { get; init; }

    /// <summary>Which part of the protocol has to be exercised.</summary>
    public required CoverageGate Coverage { get; init; }

    /// <summary>Where the reports go.</summary>
    public required ConformanceOutputs Outputs { get; init; }
}
