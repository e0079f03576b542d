using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.HawkBit;

namespace Leda.Harness.Device.Features.Software;

/// <summary>
/// The operations of <see cref="SoftwareUpdatable"/>: <c>install</c> and <c>remove</c> are answered at once and carried out afterwards
/// (<c>kanto-container-management.md</c> 3.4.1). What crashes the original, a software or an artifact that is <c>null</c>, is refused.
/// </summary>
internal sealed class SoftwareOperations(SoftwareSurroundings around) : IOperations, IAsyncDisposable
{
    private readonly SoftwareRuns _runs = new(around.Log);

    public Task<OperationResult> InvokeAsync(string operation, JsonElement? argument) => Task.FromResult<OperationResult>(operation switch
    {
        "install" => Install(argument, downloadOnly: false),
        "remove" => Remove(argument),
        "download" when around.Options.Extras => Install(argument, downloadOnly: true),
        "cancel" when around.Options.Extras => CancelInstall(argument),
        "cancelRemove" when around.Options.Extras => CancelRemove(argument),
        _ => DittoError.SubjectNotFound($"unsupported operation called [operationId = {operation}]"),
    });

    /// <inheritdoc cref="SoftwareRuns.GiveUp"/>
    public void GiveUp() => _runs.GiveUp();

    /// <inheritdoc cref="SoftwareRuns.DisposeAsync"/>
    public ValueTask DisposeAsync() => _runs.DisposeAsync();

    private OperationResult Install(JsonElement? argument, bool downloadOnly)
    {
        if (!Argument.TryRead(argument, HawkBitJson.Default.SoftwareUpdateAction, out var action, out var problem))
            return DittoError.ParameterInvalid(problem);
        if (action?.SoftwareModules is not { Count: > 0 } modules)
            return DittoError.ParameterInvalid("there are no SoftwareModules to be installed");
        if (Each(modules, Check) is { } wrong)
            return DittoError.ParameterInvalid($"softwareModules{wrong}");
        if (modules.FirstOrDefault(m => m!.Artifacts is not { Count: > 0 })?.SoftwareModule is { } empty)
            return DittoError.ParameterInvalid($"there are no SoftwareArtifacts referenced for SoftwareModule [Name.version] = [{empty.Name}.{empty.Version}]");
        return OperationResult.DoneThen(_runs.Accept([.. modules.Select(
            m => new InstallRun(around, action.CorrelationId, m!.SoftwareModule!, m.Artifacts!, downloadOnly))]));
    }

    private OperationResult Remove(JsonElement? argument)
    {
        if (!Argument.TryRead(argument, HawkBitJson.Default.SoftwareRemoveAction, out var action, out var problem))
            return DittoError.ParameterInvalid(problem);
        if (action?.Software is not { Count: > 0 } software)
            return DittoError.ParameterInvalid("there is no software to be removed");
        if (Each(software, s => s is null ? " must not be null" : null) is { } wrong)
            return DittoError.ParameterInvalid($"software{wrong}");
        return OperationResult.DoneThen(_runs.Accept([new RemoveRun(around, action.CorrelationId, software!, action.Forced == true)]));
    }

    private OperationResult CancelInstall(JsonElement? argument) =>
        !Argument.TryRead(argument, HawkBitJson.Default.SoftwareUpdateAction, out var action, out var problem)
            ? DittoError.ParameterInvalid(problem)
            : Cancel<InstallRun>(action?.CorrelationId, run => action!.SoftwareModules is not { Count: > 0 } modules
                || modules.Any(m => m?.SoftwareModule == run.Module));

    private OperationResult CancelRemove(JsonElement? argument) =>
        !Argument.TryRead(argument, HawkBitJson.Default.SoftwareRemoveAction, out var action, out var problem)
            ? DittoError.ParameterInvalid(problem)
            : Cancel<RemoveRun>(action?.CorrelationId, _ => true);

    private OperationResult Cancel<T>(string? correlationId, Func<T, bool> which)
        where T : SoftwareRun
    {
        if (string.IsNullOrEmpty(correlationId))
            return DittoError.ParameterInvalid("correlationId must be set: that of what is to be canceled");
        return _runs.Cancel(run => run is T known && run.CorrelationId == correlationId && which(known))
            ? OperationResult.Done
            : DittoError.ExecutionFailed($"nothing to cancel is going on under correlationId = {correlationId}");
    }

    private static string? Check(SoftwareModuleAction? module) =>
        module?.SoftwareModule is null ? ".softwareModule must not be null"
        : Each(module.Artifacts ?? [], a => a is null ? " must not be null" : null) is { } wrong ? $".artifacts{wrong}"
        : null;

    /// <summary>The first that is wrong, and what is wrong with it.</summary>
    private static string? Each<T>(IReadOnlyList<T> list, Func<T, string?> check)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (check(list[i]) is { } problem)
                return $"[{i}]{problem}";
        }

        return null;
    }
}
