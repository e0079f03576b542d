using System.Text.Json;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Device.Features;

/// <summary>A feature that can be seen but not asked for anything.</summary>
/// <param name="refusal">How it says so, given the operation's name.</param>
internal sealed class NoOperations(Func<string, string> refusal) : IOperations
{
    public Task<OperationResult> InvokeAsync(string operation, JsonElement? argument) =>
        Task.FromResult<OperationResult>(DittoError.SubjectNotFound(refusal(operation)));
}
