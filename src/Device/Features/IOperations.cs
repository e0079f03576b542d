using System.Text.Json;

namespace Leda.Harness.Device.Features;

/// <summary>What can be asked of a feature by messages to its inbox.</summary>
internal interface IOperations
{
    /// <summary>Carries out an operation.</summary>
    /// <param name="operation">Its name, whatever was sent.</param>
    /// <param name="argument">The message's value; <see langword="null"/> when there was none, or JSON <c>null</c>.</param>
    Task<OperationResult> InvokeAsync(string operation, JsonElement? argument);
}
