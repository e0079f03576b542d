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
    /// <param name="method">The method.</param>
    /// <param name="container">Where its object comes from.</param>
    /// <param name="arguments">Null takes these from the container, too.</param>
    public Task<object?> InvokeAsync(MethodInfo method, IObjectContainer container, object?[]? arguments = null)
    {
        object? returned = null;
        Run(() =>
        {
            arguments ??= [.. method.GetParameters().Select(parameter => container.Resolve(parameter.ParameterType))];
            var target = method.IsStatic ? null : container.Resolve(method.ReflectedType!);
            returned = method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        });
        return Completion.Of(returned, method.ReturnType);
    }

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
