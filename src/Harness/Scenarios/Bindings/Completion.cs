namespace Leda.Harness.Scenarios.Bindings;

/// <summary>What a method's return value stands for once it is awaited.</summary>
internal static class Completion
{
    /// <summary>Awaits tasks of all kinds; any other value is itself.</summary>
    /// <param name="returned">What the method returned.</param>
    /// <param name="declared">What it says that it returns: the task itself may be of a class that nobody should look into.</param>
    public static async Task<object?> Of(object? returned, Type declared)
    {
        var task = returned switch
        {
            Task some => some,
            ValueTask some => some.AsTask(),
            not null when IsGeneric(declared, typeof(ValueTask<>)) => (Task)declared.GetMethod(nameof(ValueTask<>.AsTask))!.Invoke(returned, null)!,
            _ => null,
        };
        if (task is null) return returned;
        await task;
        return TypeOf(declared) == typeof(void) ? null : task.GetType().GetProperty(nameof(Task<>.Result))?.GetValue(task);
    }

    /// <summary>The type of the awaited value; <c>void</c> for a task without one.</summary>
    public static Type TypeOf(Type declared)
    {
        if (declared == typeof(Task) || declared == typeof(ValueTask)) return typeof(void);
        return IsGeneric(declared, typeof(Task<>)) || IsGeneric(declared, typeof(ValueTask<>)) ? declared.GenericTypeArguments[0] : declared;
    }

    private static bool IsGeneric(Type type, Type definition) => type.IsGenericType && type.GetGenericTypeDefinition() == definition;
}
