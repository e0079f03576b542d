namespace Leda.Harness.Conformance.Acts;

/// <summary>An operation was invoked.</summary>
/// <param name="Exchange">The command and its answer.</param>
/// <param name="Container">The container that it was about; empty if there is none.</param>
internal sealed record OperationScene(Exchange Exchange, string Container) : Scene
{
    /// <summary>The message by which the twin learns of it, if it came.</summary>
    public DeviceMessage? Update { get; init; }

    /// <summary>The container, which is needed.</summary>
    /// <exception cref="NotApplicableException">There is none.</exception>
    public string Known => Container.Length > 0 ? Container : throw new NotApplicableException($"no container could be made: {Exchange.Seen}");
}
