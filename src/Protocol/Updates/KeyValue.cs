namespace Leda.Harness.Protocol.Updates;

/// <summary>One setting, or one fact.</summary>
public sealed record KeyValue
{
    /// <summary>What it is about.</summary>
    public string? Key { get; init; }

    /// <summary>What it is; an empty one is left out.</summary>
    public string? Value { get; init; }

    /// <summary>A pair as it is sent.</summary>
    public static KeyValue Of(string key, string? value) => new() { Key = key, Value = string.IsNullOrEmpty(value) ? null : value };
}
