namespace Leda.Harness.Simulator.Policies;

/// <summary>Which part of a policy a <see cref="PolicyPath"/> addresses (<c>ditto.md</c> 2.11, 4.2).</summary>
public enum PolicyPart
{
    /// <summary><c>/</c></summary>
    Policy,

    /// <summary><c>/entries</c></summary>
    Entries,

    /// <summary><c>/entries/label</c></summary>
    Entry,

    /// <summary><c>/entries/label/subjects</c></summary>
    Subjects,

    /// <summary><c>/entries/label/subjects/subjectId</c></summary>
    Subject,

    /// <summary><c>/entries/label/resources</c></summary>
    Resources,

    /// <summary><c>/entries/label/resources/type:/path</c></summary>
    Resource,

    /// <summary><c>/entries/label/namespaces</c></summary>
    Namespaces,

    /// <summary><c>/entries/label/importable</c></summary>
    Importable,

    /// <summary><c>/entries/label/allowedAdditions</c></summary>
    AllowedAdditions,

    /// <summary><c>/entries/label/references</c></summary>
    References,

    /// <summary><c>/imports</c></summary>
    Imports,

    /// <summary><c>/imports/policyId</c></summary>
    Import,
}
