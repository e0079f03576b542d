namespace Leda.Harness.Device.Tests.Mutations;

/// <summary>What can go wrong with a command.</summary>
internal enum MutationKind
{
    /// <summary>One bit is flipped.</summary>
    Bit,

    /// <summary>The end is missing.</summary>
    Cut,

    /// <summary>A piece is there twice.</summary>
    Double,

    /// <summary>It comes on another topic.</summary>
    Topic,

    /// <summary>A member is missing.</summary>
    Remove,

    /// <summary>A member has another name.</summary>
    Rename,

    /// <summary>A value is another one: of another type, null, huge, deep.</summary>
    Replace,
}
