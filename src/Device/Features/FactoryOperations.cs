using System.Text.Json;
using Leda.Harness.Device.Containers;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Features;

/// <summary>The operations of <see cref="ContainerFactory"/>: <c>create</c> and <c>createWithConfig</c> (<c>kanto-container-management.md</c> 3.1).</summary>
internal sealed class FactoryOperations(ContainerManager containers) : IOperations
{
    public Task<OperationResult> InvokeAsync(string operation, JsonElement? argument) => operation switch
    {
        "create" => CreateAsync(argument, withConfig: false),
        "createWithConfig" => CreateAsync(argument, withConfig: true),
        _ => Task.FromResult<OperationResult>(DittoError.SubjectNotFound($"unsupported operation {operation}")),
    };

    private async Task<OperationResult> CreateAsync(JsonElement? argument, bool withConfig)
    {
        if (!Argument.TryRead(argument, KantoJson.Default.CreateArguments, out var arguments, out var problem))
            return DittoError.ParameterInvalid(problem);
        if (string.IsNullOrEmpty(arguments?.ImageRef))
            return DittoError.ExecutionFailed("imageRef must be set");
        try
        {
            var description = ContainerDescription.Of(withConfig ? arguments : arguments with { Name = null, Config = null });
            var container = await containers.CreateAsync(description);
            if (arguments.Start)
                await TryStartAsync(container.Id);
            return OperationResult.Of(JsonText.String(container.Id));
        }
        catch (ContainerException e)
        {
            return DittoError.ExecutionFailed(e.Message);
        }
    }

    private async Task TryStartAsync(string id)
    {
        try
        {
            await containers.StartAsync(id);
        }
        catch (ContainerException)
        {
            // It was created, which is what was asked; that it does not run is told by its state (3.1).
        }
    }
}
