namespace Leda.Harness.Protocol.Ditto;

/// <summary>Which part of a thing a <see cref="ResourcePath"/> addresses (<c>ditto.md</c> 1.3).</summary>
public enum ResourceKind
{
    /// <summary><c>/</c></summary>
    Thing,

    /// <summary><c>/policyId</c></summary>
    PolicyId,

    /// <summary><c>/definition</c></summary>
    Definition,

    /// <summary><c>/attributes</c> and below.</summary>
    Attributes,

    /// <summary><c>/features</c></summary>
    Features,

    /// <summary><c>/features/id</c>, with or without <c>definition</c>, <c>properties</c> or <c>desiredProperties</c> below it.</summary>
    Feature,
}
