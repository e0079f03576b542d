namespace Reqnroll.Assist;

/// <summary>How strict the making of objects from tables is.</summary>
internal sealed class InstanceCreationOptions
{
    /// <summary>Each column must be the exact name of a member.</summary>
    public bool VerifyAllColumnsBound { get; set; }

    /// <summary>Each parameter of the constructor must have a column.</summary>
    public bool RequireTableToProvideAllConstructorParameters { get; set; }
}
