using System.Text.Json;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Signals;

/// <summary>Reads the optional members of a command's value, and remembers the first that is of a wrong type.</summary>
internal sealed class CommandMembers
{
    private readonly JsonElement _value;

    public CommandMembers(Envelope command)
    {
        _value = command.Value ?? default;
        if (_value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Undefined))
            Refuse("value", "an object");
    }

    /// <summary>Which member is wrong: 400 <c>json.invalid</c>; <see langword="null"/> while none is.</summary>
    public DittoError? Error { get; private set; }

    /// <summary>A member; <see langword="null"/> if it is absent or <c>null</c>.</summary>
    public JsonElement? Find(string name) =>
        _value.ValueKind == JsonValueKind.Object && _value.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    public string? Text(string name)
    {
        if (Find(name) is not { } member)
            return null;
        if (member.ValueKind == JsonValueKind.String)
            return member.GetString();
        Refuse(name, "a string");
        return null;
    }

    public long? Number(string name)
    {
        if (Find(name) is not { } member)
            return null;
        if (member.ValueKind == JsonValueKind.Number && member.TryGetInt64(out var number))
            return number;
        Refuse(name, "a whole number");
        return null;
    }

    /// <summary>A member is not what it should be.</summary>
    public void Refuse(string name, string expected) =>
        Error ??= new DittoError(400, "json.invalid", $"'{name}' is not {expected}.", "Correct it, or leave it out.");
}
