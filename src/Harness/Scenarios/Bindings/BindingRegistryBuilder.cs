using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Leda.Harness.Scenarios.Expressions;
using Reqnroll;

namespace Leda.Harness.Scenarios.Bindings;

/// <summary>
/// Collects bindings and compiles them at the end, when all parameter types are known. Errors are collected as well: whoever
/// writes steps wants to see all of them at once.
/// </summary>
internal sealed class BindingRegistryBuilder
{
    private readonly List<(MethodInfo Method, StepDefinitionBaseAttribute Attribute)> _steps = [];
    private readonly List<HookBinding> _hooks = [];
    private readonly List<TransformationBinding> _transformations = [];
    private readonly ParameterTypes _parameterTypes = new();
    private readonly List<string> _errors = [];

    /// <summary>Adds what a binding class declares or inherits.</summary>
    public BindingRegistryBuilder AddClass(Type type)
    {
        const BindingFlags Declared = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        if (type.ContainsGenericParameters)
        {
            _errors.Add($"{type.FullName}: a generic class cannot hold bindings.");
            return this;
        }

        foreach (var method in type.GetMethods(Declared).OrderBy(method => method.MetadataToken))
        {
            foreach (var step in method.GetCustomAttributes<StepDefinitionBaseAttribute>()) AddStep(method, step);
            foreach (var hook in method.GetCustomAttributes<HookAttribute>()) AddHook(method, hook);
            foreach (var transformation in method.GetCustomAttributes<StepArgumentTransformationAttribute>()) AddTransformation(method, transformation);
        }

        return this;
    }

    public BindingRegistryBuilder AddStep(MethodInfo method, StepDefinitionBaseAttribute step)
    {
        if (!CanBeCalled(method)) return this;
        if (step.Expression is null)
        {
            Reject(method, "a step needs an expression; patterns are not made from method names.");
            return this;
        }

        _steps.Add((method, step));
        if (!StepExpression.IsCucumber(step.Expression, step.ExpressionType)) return this;
        foreach (var type in method.GetParameters().Select(parameter => Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType))
        {
            if (type.IsEnum) _parameterTypes.AddEnum(type);
        }

        return this;
    }

    /// <exception cref="BindingException">Some bindings cannot be used.</exception>
    public BindingRegistry Build()
    {
        var steps = _steps.Select(Compile).OfType<StepBinding>().ToArray();
        if (_errors.Count > 0)
            throw new BindingException($"Binding error(s) found:{Environment.NewLine}{string.Join(Environment.NewLine, _errors)}");
        return new BindingRegistry(steps, _hooks, [.. _transformations.OrderBy(transformation => transformation.Order)]);
    }

    private void AddHook(MethodInfo method, HookAttribute hook)
    {
        if (!CanBeCalled(method)) return;
        if (hook.HookType <= HookType.AfterFeature && !method.IsStatic)
        {
            Reject(method, $"a {hook.HookType} hook must be static.");
            return;
        }

        _hooks.Add(new HookBinding
        {
            Method = method,
            Kind = hook.HookType,
            Order = hook.Order,
            Scopes = hook.HookType <= HookType.AfterTestRun ? [] : [.. hook.Tags.Select(BindingScope.OfTag), .. BindingScope.Of(method)],
        });
    }

    private void AddTransformation(MethodInfo method, StepArgumentTransformationAttribute transformation)
    {
        if (!CanBeCalled(method)) return;
        var makes = Completion.TypeOf(method.ReturnType);
        if (makes == typeof(void))
        {
            Reject(method, "a transformation must return something.");
            return;
        }

        try
        {
            var regex = transformation.Regex is { } pattern ? StepExpression.CompileRegex(pattern) : null;
            _transformations.Add(new TransformationBinding { Method = method, Makes = makes, Regex = regex, Order = transformation.Order });
            _parameterTypes.AddTransformation(transformation.Name, makes, transformation.Regex);
        }
        catch (RegexParseException error)
        {
            Reject(method, error.Message);
        }
    }

    private StepBinding? Compile((MethodInfo Method, StepDefinitionBaseAttribute Attribute) step)
    {
        var (method, attribute) = step;
        try
        {
            return new StepBinding
            {
                Method = method,
                Kinds = attribute.Types,
                Expression = attribute.Expression!,
                Regex = StepExpression.Compile(attribute.Expression!, attribute.ExpressionType, _parameterTypes),
                Scopes = BindingScope.Of(method),
            };
        }
        catch (Exception error) when (error is ExpressionException or RegexParseException)
        {
            Reject(method, error.Message);
            return null;
        }
    }

    private bool CanBeCalled(MethodInfo method)
    {
        var obstacle =
            method.ContainsGenericParameters ? "a generic method cannot be a binding."
            : method.ReflectedType!.IsAbstract && !method.IsStatic ? "an abstract class can hold static bindings only."
            : method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute)) ? "'async void' cannot be awaited; return a Task."
            : null;
        if (obstacle is not null) Reject(method, obstacle);
        return obstacle is null;
    }

    private void Reject(MethodInfo method, string problem) => _errors.Add($"{MethodNames.Full(method)}: {problem}");
}
