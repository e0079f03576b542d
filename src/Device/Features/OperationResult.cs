using System.Text.Json;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Device.Features;

/// <summary>How an operation ended: nothing to say, a value, or an error.</summary>
internal readonly record struct OperationResult
{
    /// <summary>Done, and nothing to say.</summary>
    public static OperationResult Done => default;

    /// <summary>What the operation returns; <see langword="null"/> if nothing.</summary>
    public JsonElement? Value { get; private init; }

    /// <summary>Why it failed; <see langword="null"/> if it did not.</summary>
    public DittoError? Error { get; private init; }

    /// <summary>What is begun once the answer is on its way; <see langword="null"/> if that is all.</summary>
    public Func<ValueTask>? Next { get; private init; }

    /// <summary>The status of the answer: 204 without a value, 200 with one, else the error's.</summary>
    public int Status => Error?.Status ?? (Value is null ? 204 : 200);

    /// <summary>Done, with a value.</summary>
    public static OperationResult Of(JsonElement value) => new() { Value = value };

    /// <summary>Accepted: nothing to say, and the work begins after the answer.</summary>
    public static OperationResult DoneThen(Func<ValueTask> next) => new() { Next = next };

    /// <summary>Failed.</summary>
    public static implicit operator OperationResult(DittoError error) => new() { Error = error };
}
