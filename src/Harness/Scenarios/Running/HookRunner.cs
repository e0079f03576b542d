using Leda.Harness.Scenarios.Bindings;
using Reqnroll;
using Reqnroll.BoDi;

namespace Leda.Harness.Scenarios.Running;

/// <summary>Calls the hooks of one container's life: of a run, a feature or a scenario.</summary>
/// <param name="bindings">Where the hooks are.</param>
/// <param name="target">What they must apply to; null for a run, whose hooks apply always.</param>
/// <param name="container">Where their parameters come from.</param>
/// <param name="flow">What they run in.</param>
internal sealed class HookRunner(BindingRegistry bindings, ScopeTarget? target, IObjectContainer container, BindingFlow flow)
{
    /// <summary>Calls the hooks of one moment in order; the first that throws is the last that is called.</summary>
    public async Task<HookFailure?> RunAsync(HookType kind)
    {
        var hooks = bindings.HooksByKind[kind].Where(hook => target is null || hook.AppliesTo(target));
        foreach (var hook in hooks.DistinctBy(hook => hook.Method))
        {
            try
            {
                await flow.InvokeAsync(hook.Method, container);
            }
#pragma warning disable CA1031 // Whatever a hook throws is the scenario's result, not the engine's failure.
            catch (Exception error)
#pragma warning restore CA1031
            {
                return new HookFailure(kind, MethodNames.Short(hook.Method), error);
            }
        }

        return null;
    }
}
