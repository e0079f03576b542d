using System.Text.Json;
using Leda.Harness.Device.Containers;
using Leda.Harness.Protocol.Ditto;

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
                "stop" => await DoneAsync(containers.StopAsync(id)),
                "rename" => await RenameAsync(argument),
                "remove" => await RemoveAsync(argument),
                _ => DittoError.SubjectNotFound($"unsupported operation {operation}"),
            };
        }
        catch (ContainerException e)
        {
            return DittoError.ExecutionFailed(e.Message);
        }
    }

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
        { } other => WrongType(other, "boolean"),
    };

    private static OperationResult WrongType(JsonElement given, string expected) =>
        DittoError.ParameterInvalid($"json: cannot read {given.ValueKind.ToString().ToLowerInvariant()} as a value of type {expected}");

    private static async Task<OperationResult> DoneAsync(Task work)
    {
        await work;
        return OperationResult.Done;
    }
}
