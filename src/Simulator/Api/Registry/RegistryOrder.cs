using System.Text.Json;

namespace Leda.Harness.Simulator.Api.Registry;

/// <summary>Orders what is absent before everything, then by type, numbers by value, strings by code unit.</summary>
internal sealed class RegistryOrder : IComparer<JsonElement?>
{
    public static RegistryOrder Instance { get; } = new();

    public int Compare(JsonElement? x, JsonElement? y)
    {
        if (x is not { } one || y is not { } other)
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        return (one.ValueKind, other.ValueKind) switch
        {
            (JsonValueKind.Number, JsonValueKind.Number) => one.GetDouble().CompareTo(other.GetDouble()),
            (JsonValueKind.String, JsonValueKind.String) => string.CompareOrdinal(one.GetString(), other.GetString()),
            var (kind, otherKind) => kind.CompareTo(otherKind),
        };
    }
}
