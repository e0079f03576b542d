using System.Globalization;
using System.Reflection;
using Reqnroll.BoDi;

namespace Leda.Harness.Scenarios.Bindings;

/// <summary>
/// Calls the methods of one scenario, one after the other, in one flow: what a synchronous step or a constructor puts into an
/// <see cref="AsyncLocal{T}"/> is there for the steps after it, and the binding culture is current everywhere.
/// </summary>
internal sealed class BindingFlow(CultureInfo culture)
{
    private ExecutionContext? _flow;

    public CultureInfo Culture => culture;

    /// <summary>Calls a method, on an object from the container unless it is static, and awaits what it returns.</summary>
    public Task<object?> InvokeAsync(MethodInfo method, IObjectContainer container, object?[] arguments)
    {
        object? returned = null;
        Run(() =>
        {
            var target = method.IsStatic ? null : container.Resolve(method.ReflectedType!);
            returned = method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        });
        return Completion.Of(returned, method.ReturnType);
    }

    /// <summary>Calls a method with arguments from the container.</summary>
    public Task<object?> InvokeAsync(MethodInfo method, IObjectContainer container)
        => InvokeAsync(method, container, [.. method.GetParameters().Select(parameter => container.Resolve(parameter.ParameterType))]);

    private void Run(Action action)
    {
        if ((_flow ?? ExecutionContext.Capture()) is { } flow) ExecutionContext.Run(flow, _ => Body(), null);
        else Body();

        void Body()
        {
            CultureInfo.CurrentCulture = culture;
            try
            {
                action();
            }
            finally
            {
                _flow = ExecutionContext.Capture();
            }
        }
    }
}
