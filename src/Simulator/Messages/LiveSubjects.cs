namespace Leda.Harness.Simulator.Messages;

/// <summary>Subjects that mean something to the cloud.</summary>
public static class LiveSubjects
{
    /// <summary>Somebody wants a thing for himself; anyone may send it (<c>ditto.md</c> 3.2).</summary>
    public const string Claim = "claim";
}
