using System.Reflection;

namespace Leda.Harness.Scenarios.Bindings;

/// <summary>How methods are named in messages.</summary>
internal static class MethodNames
{
    /// <summary><c>Assembly:Namespace.Class.Method(ParamTypes)</c>.</summary>
    public static string Full(MethodInfo method)
        => $"{method.ReflectedType!.Assembly.GetName().Name}:{method.ReflectedType.FullName}.{method.Name}({ParameterTypes(method)})";

    /// <summary><c>Class.Method</c>.</summary>
    public static string Short(MethodInfo method) => $"{method.ReflectedType!.Name}.{method.Name}";

    private static string ParameterTypes(MethodInfo method)
        => string.Join(", ", method.GetParameters().Select(parameter => parameter.ParameterType.Name));
}
