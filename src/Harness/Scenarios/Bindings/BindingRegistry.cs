using System.Reflection;
using Reqnroll;

namespace Leda.Harness.Scenarios.Bindings;

/// <summary>All steps, hooks and transformations of a run. Immutable, and free of errors once it exists.</summary>
internal sealed class BindingRegistry
{
    internal BindingRegistry(IReadOnlyList<StepBinding> steps, IReadOnlyList<HookBinding> hooks, IReadOnlyList<TransformationBinding> transformations)
    {
        Steps = steps;
        Transformations = transformations;
        // The sort is stable: hooks of equal order keep that of their declaration.
        HooksByKind = hooks.OrderBy(hook => hook.Order).ToLookup(hook => hook.Kind);
    }

    public IReadOnlyList<StepBinding> Steps { get; }

    /// <summary>Lowest order first.</summary>
    public ILookup<HookType, HookBinding> HooksByKind { get; }

    public IReadOnlyList<TransformationBinding> Transformations { get; }

    /// <summary>Finds all classes with <see cref="BindingAttribute"/>, public or not.</summary>
    /// <exception cref="BindingException">Some cannot be used; the message has one line for each error.</exception>
    public static BindingRegistry FromAssemblies(params Assembly[] assemblies)
        => FromTypes([.. assemblies.SelectMany(assembly => assembly.GetTypes()).Where(type => type.IsDefined(typeof(BindingAttribute), inherit: true))]);

    /// <summary>Takes these classes, in their order.</summary>
    /// <inheritdoc cref="FromAssemblies"/>
    public static BindingRegistry FromTypes(params Type[] types)
    {
        var builder = new BindingRegistryBuilder();
        foreach (var type in types) builder.AddClass(type);
        return builder.Build();
    }
}
