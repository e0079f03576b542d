using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Hosting;

/// <summary>A twin command was refused.</summary>
public sealed class TwinException : Exception
{
    internal TwinException(DittoError error)
        : base($"{error.Status} {error.Error}: {error.Message} {error.Description}".TrimEnd()) => Error = error;

    /// <summary>Why, as Ditto says it: status, error id (<c>things:thing.notfound</c>), message.</summary>
    public DittoError Error { get; }
}
