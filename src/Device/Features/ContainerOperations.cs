using System.Text.Json;
using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Engines;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Features;

/// <summary>The operations of one container's feature (<c>kanto-container-management.md</c> 3.2.4).</summary>
internal sealed class ContainerOperations(ContainerManager containers, string id) : IOperations
{
    public async Task<OperationResult> InvokeAsync(string operation, JsonElement? argument)
    {
        try
        {
            return operation switch
            {
                "start" => await DoneAsync(containers.StartAsync(id)),
                "stop" => await DoneAsync(containers.StopAsync(id, StopPlan.Default)),
                "stopWithOptions" => await StopAsync(argument),
                "pause" => await DoneAsync(containers.PauseAsync(id)),
                "resume" => await DoneAsync(containers.ResumeAsync(id)),
                "rename" => await RenameAsync(argument),
                "update" => await UpdateAsync(argument),
                "remove" => await RemoveAsync(argument),
                _ => DittoError.SubjectNotFound($"unsupported operation {operation}"),
            };
        }
        catch (Exception e) when (e is ContainerException or EngineException)
        {
            return DittoError.ExecutionFailed(e.Message);
        }
    }

    private async Task<OperationResult> StopAsync(JsonElement? options) =>
        Argument.TryRead(options, KantoJson.Default.StopArguments, out var arguments, out var problem)
            ? await DoneAsync(containers.StopAsync(id, StopPlan.Of(arguments)))
            : DittoError.ParameterInvalid(problem);

    private async Task<OperationResult> UpdateAsync(JsonElement? changes) =>
        Argument.TryRead(changes, KantoJson.Default.UpdateArguments, out var arguments, out var problem)
            ? await DoneAsync(containers.UpdateAsync(id, arguments ?? new UpdateArguments()))
            : DittoError.ParameterInvalid(problem);

    private async Task<OperationResult> RenameAsync(JsonElement? name) => name switch
    {
        null => OperationResult.Done,
        { ValueKind: JsonValueKind.String } text => await DoneAsync(containers.RenameAsync(id, text.GetString())),
        { } other => WrongType(other, "string"),
    };

    private async Task<OperationResult> RemoveAsync(JsonElement? force) => force switch
    {
        null or { ValueKind: JsonValueKind.False } => await DoneAsync(containers.RemoveAsync(id, force: false)),
        { ValueKind: JsonValueKind.True } => await DoneAsync(containers.RemoveAsync(id, force: true)),
        { } other => WrongType(other, "bool"),
    };

    // The words of Go's decoder, which clients of the original have seen.
    private static OperationResult WrongType(JsonElement given, string expected)
    {
        var kind = given.ValueKind is JsonValueKind.True or JsonValueKind.False ? "bool" : given.ValueKind.ToString().ToLowerInvariant();
        return DittoError.ParameterInvalid($"json: cannot unmarshal {kind} into Go value of type {expected}");
    }

    private static async Task<OperationResult> DoneAsync(Task work)
    {
        await work;
        return OperationResult.Done;
    }
}
