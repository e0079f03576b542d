using System.Diagnostics.CodeAnalysis;

namespace Reqnroll;

/// <summary>A dictionary that steps share. Typed members use the type's full name as key when none is given.</summary>
internal abstract class ReqnrollContext : Dictionary<string, object>
{
    public void Set<T>(T value) => Set(value, KeyOf<T>());

    public void Set<T>(T value, string key) => this[key] = value!;

    /// <summary>Stores a factory that is called on every read.</summary>
    public void Set<T>(Func<T> factory) => this[KeyOf<T>()] = factory;

    /// <exception cref="KeyNotFoundException">Nothing is stored under the type's name.</exception>
    /// <exception cref="InvalidCastException">Something of another type is stored there.</exception>
    public T Get<T>() => Get<T>(KeyOf<T>());

    /// <inheritdoc cref="Get{T}()"/>
    public T Get<T>(string key) => Value<T>(this[key]);

    public bool TryGetValue<T>([MaybeNullWhen(false)] out T value) => TryGetValue(KeyOf<T>(), out value);

    public bool TryGetValue<T>(string key, [MaybeNullWhen(false)] out T value)
    {
        var found = base.TryGetValue(key, out var stored);
        value = found ? Value<T>(stored) : default;
        return found;
    }

    private static T Value<T>(object? stored) => stored is Func<T> factory ? factory() : (T)stored!;

    private static string KeyOf<T>() => typeof(T).FullName!;
}
