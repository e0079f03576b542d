using System.Reflection;

namespace Reqnroll.BoDi;

/// <summary>Makes an object by its constructor with the most parameters, each of them resolved.</summary>
internal static class Construction
{
    /// <summary>What to do for a type that nobody registered: construct it, if it is a class that can be.</summary>
    public static Registration Implicit(RegistrationKey key, ResolutionPath? path)
    {
        var type = key.Type;
        var obstacle = key.Name is not null ? "nothing is registered under this name"
            : type.IsInterface ? "it is an interface that nothing is registered for"
            : type.IsPrimitive || type.IsValueType || type == typeof(string) ? "values cannot be made up"
            : type.IsAbstract || type.ContainsGenericParameters ? "it cannot be constructed"
            : typeof(Delegate).IsAssignableFrom(type) || type.IsArray ? "it must be registered"
            : null;
        return obstacle is null
            ? Of(type)
            : throw new ObjectContainerException($"{key} cannot be resolved: {obstacle}. Asked for by: {new ResolutionPath(key, path)}");
    }

    public static Registration Of(Type type)
        => new((container, path) => Create(type, container, path)) { Implementation = type };

    private static object Create(Type type, ObjectContainer container, ResolutionPath path)
    {
        var constructor = Choose(type, path);
        var arguments = constructor.GetParameters()
            .Select(parameter => container.Resolve(new RegistrationKey(parameter.ParameterType, null), path))
            .ToArray();
        return constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }

    private static ConstructorInfo Choose(Type type, ResolutionPath path)
    {
        var constructors = type.GetConstructors();
        if (constructors.Length == 0) constructors = type.GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic);
        var longest = constructors.GroupBy(constructor => constructor.GetParameters().Length).MaxBy(group => group.Key)?.ToArray();
        return longest switch
        {
            [var only] => only,
            null => throw new ObjectContainerException($"{type.FullName} has no constructor. Asked for by: {path}"),
            _ => throw new ObjectContainerException(
                $"{type.FullName} has {longest.Length} constructors with the most parameters, and one would have to be chosen. Asked for by: {path}"),
        };
    }
}
