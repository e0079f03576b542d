using Leda.Harness.Device.Containers;
using Leda.Harness.Protocol.Updates;

namespace Leda.Harness.Device.Updates;

/// <summary>What has to be done to one container, and how far that is. Its owner is the <see cref="UpdateActivity"/>.</summary>
internal sealed class UpdateAction
{
    /// <summary>What has to be done.</summary>
    public required UpdateActionKind Kind { get; init; }

    /// <summary>The container that there is, as it was when the action was identified.</summary>
    public Container? Current { get; init; }

    /// <summary>The container that there is to be.</summary>
    public DesiredContainer? Desired { get; init; }

    /// <summary>The component, as feedback names it.</summary>
    public required ComponentVersion Component { get; init; }

    /// <summary>The id of the new container, once it is created.</summary>
    public string? NewId { get; set; }

    /// <summary>Whether the old container was stopped for this.</summary>
    public bool StoppedCurrent { get; set; }

    /// <summary>One of <see cref="UpdateActionStatus"/> or <see cref="UpdateStatus"/>.</summary>
    public string Status { get; private set; } = UpdateActionStatus.Identified;

    /// <summary>What is to be done, and after each step what was done or why it was not, for people.</summary>
    public required string Message { get; set; }

    /// <summary>It is being worked at.</summary>
    public void Begin(string status) => Status = status;

    /// <summary>A step of it is over.</summary>
    public void Finish(string status, string message) => (Status, Message) = (status, message);

    /// <summary>The action as it is now.</summary>
    public FeedbackAction ToFeedback() => new() { Component = Component, Status = Status, Message = Message };
}
