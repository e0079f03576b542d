using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Leda.Harness.Simulator.JsonSchema;

/// <summary>Something that a schema demands of a value.</summary>
internal abstract class SchemaPart
{
    /// <summary>The types of values that this says something about.</summary>
    public abstract Kinds Concerns { get; }

    /// <summary>Looks at a value of one of these types, without garbage.</summary>
    /// <param name="reader">Stands on the value's first token, and on its last one afterwards; anywhere if the value is refused.</param>
    public abstract bool Check(ref Utf8JsonReader reader);

    /// <summary>Says why <see cref="Check"/> refuses the value; nothing if it does not.</summary>
    /// <param name="value">The value, of one of the types that this says something about.</param>
    /// <param name="at">JSON pointer to it.</param>
    public abstract IEnumerable<Violation> Explain(JsonElement value, string at);

    /// <summary>Goes to the end of a value that needs no look.</summary>
    protected static bool Skip(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            reader.Skip();
        return true;
    }

    /// <summary>
    /// Looks at a value and stays before it. A method of its own, and never inlined: a reader is large, and a method that has a copy of
    /// one pays for it at each call, needed or not.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected static bool LookAhead(SchemaPart part, in Utf8JsonReader reader)
    {
        var copy = reader;
        return part.Check(ref copy);
    }

    /// <summary>The same from the name of a member: looks at the member's value.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected static bool LookAheadOfName(SchemaPart part, in Utf8JsonReader reader)
    {
        var copy = reader;
        return copy.Read() && part.Check(ref copy);
    }

    /// <summary>Asks <see cref="Check"/> about a value that has been read.</summary>
    protected bool Holds(JsonElement value)
    {
        var reader = JsonValidator.ReaderOf(value);
        return reader.Read() && Check(ref reader);
    }
}
