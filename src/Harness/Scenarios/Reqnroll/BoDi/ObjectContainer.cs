using System.Collections;

namespace Reqnroll.BoDi;

/// <summary>
/// A small container: what is not registered but can be constructed is constructed, here, and kept until the end.
/// It is meant for one owner at a time, but the run's container is shared, so every entry takes its lock.
/// </summary>
internal sealed class ObjectContainer : IObjectContainer
{
    private readonly ObjectContainer? _parent;
    private readonly Lock _gate = new();
    private readonly Dictionary<RegistrationKey, Registration> _registrations = [];
    private readonly Dictionary<RegistrationKey, object> _pool = [];
    private readonly HashSet<RegistrationKey> _inCreation = [];
    private readonly List<IDisposable> _owned = [];
    private bool _disposed;

    public ObjectContainer(IObjectContainer? baseContainer = null)
    {
        _parent = (ObjectContainer?)baseContainer;
        RegisterInstanceAs<IObjectContainer>(this);
    }

    public void RegisterInstanceAs<T>(T instance, string? name = null, bool dispose = false)
        where T : class
        => RegisterInstanceAs(instance, typeof(T), name, dispose);

    public void RegisterInstanceAs(object instance, Type interfaceType, string? name = null, bool dispose = false)
    {
        ArgumentNullException.ThrowIfNull(instance);
        Register(interfaceType, name, new Registration((_, _) => instance) { OwnsObject = false });
        if (dispose && instance is IDisposable disposable)
        {
            lock (_gate) _owned.Add(disposable);
        }
    }

    public IStrategyRegistration RegisterTypeAs<TType, TInterface>(string? name = null)
        where TType : class, TInterface
        => RegisterTypeAs(typeof(TType), typeof(TInterface), name);

    public IStrategyRegistration RegisterTypeAs<TInterface>(Type implementationType, string? name = null)
        => RegisterTypeAs(implementationType, typeof(TInterface), name);

    public IStrategyRegistration RegisterTypeAs(Type implementationType, Type interfaceType, string? name = null)
        => Register(interfaceType, name, Construction.Of(implementationType));

    public IStrategyRegistration RegisterFactoryAs<T>(Func<T> factory, string? name = null)
        where T : class
        => RegisterFactoryAs(_ => factory(), name);

    public IStrategyRegistration RegisterFactoryAs<T>(Func<IObjectContainer, T> factory, string? name = null)
        where T : class
        => Register(typeof(T), name, new Registration((container, _) => factory(container)));

    public T Resolve<T>(string? name = null) => (T)Resolve(typeof(T), name);

    public object Resolve(Type typeToResolve, string? name = null) => Resolve(new RegistrationKey(typeToResolve, name), null);

    public IEnumerable<T> ResolveAll<T>()
        where T : class
        => [.. KeysOf(typeof(T)).Select(key => (T)Resolve(key, null))];

    public bool IsRegistered<T>(string? name = null) => IsRegistered(typeof(T), name);

    public bool IsRegistered(Type type, string? name = null) => Find(new RegistrationKey(type, name)) is not null;

    /// <summary>Disposes what was made here, first made first; a failure does not spare the rest and is thrown at the end.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        List<Exception> errors = [];
        foreach (var disposable in _owned)
        {
            try
            {
                disposable.Dispose();
            }
            catch (Exception error)
            {
                errors.Add(error);
            }
        }

        _pool.Clear();
        if (errors is [var only]) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(only);
        if (errors.Count > 1) throw new AggregateException(errors);
    }

    internal object Resolve(RegistrationKey key, ResolutionPath? path)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        lock (_gate)
        {
            if (Find(key) is { } found) return found.Owner.Make(key, found.Registration, new ResolutionPath(key, path));
            if (IsNamedDictionary(key, out var valueType)) return ResolveNamed(valueType, path);
            return _pool.GetValueOrDefault(key) ?? Make(key, Construction.Implicit(key, path), new ResolutionPath(key, path));
        }
    }

    private Registration Register(Type type, string? name, Registration registration)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var key = new RegistrationKey(type, name);
        lock (_gate)
        {
            if (_pool.ContainsKey(key) || _registrations.GetValueOrDefault(key)?.IsResolved == true)
                throw new ObjectContainerException($"{key} was resolved before; register it earlier.");
            _registrations[key] = registration;
        }

        return registration;
    }

    private object Make(RegistrationKey key, Registration registration, ResolutionPath path)
    {
        lock (_gate)
        {
            var pooledAs = registration.Implementation is { } type ? new RegistrationKey(type, key.Name) : key;
            if (!registration.IsPerDependency && _pool.TryGetValue(pooledAs, out var pooled)) return pooled;
            var made = Create(pooledAs, registration, path);
            if (registration.IsPerDependency) return made;
            _pool[pooledAs] = made;
            if (registration.OwnsObject && made is IDisposable disposable && !_owned.Contains(disposable)) _owned.Add(disposable);
            return made;
        }
    }

    private object Create(RegistrationKey key, Registration registration, ResolutionPath path)
    {
        // The lock is held, so that only the creation itself can have come here again.
        if (!_inCreation.Add(key)) throw new ObjectContainerException($"The dependencies go in a circle: {path}");
        try
        {
            return registration.Create(this, path) ?? throw new ObjectContainerException($"The factory of {key} returned null.");
        }
        finally
        {
            _inCreation.Remove(key);
        }
    }

    private (ObjectContainer Owner, Registration Registration)? Find(RegistrationKey key)
    {
        for (var container = this; container is not null; container = container._parent)
        {
            lock (container._gate)
            {
                if (container._registrations.TryGetValue(key, out var registration)) return (container, registration);
            }
        }

        return null;
    }

    private IEnumerable<RegistrationKey> KeysOf(Type type)
    {
        RegistrationKey[] own;
        lock (_gate) own = [.. _registrations.Keys.Where(key => key.Type == type)];
        return own.Union(_parent?.KeysOf(type) ?? []);
    }

    private static bool IsNamedDictionary(RegistrationKey key, out Type valueType)
    {
        var type = key.Type;
        valueType = type;
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(IDictionary<,>)) return false;
        valueType = type.GenericTypeArguments[1];
        return type.GenericTypeArguments[0] == typeof(string);
    }

    private object ResolveNamed(Type valueType, ResolutionPath? path)
    {
        var byName = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), valueType))!;
        foreach (var key in KeysOf(valueType).Where(key => key.Name is not null)) byName[key.Name!] = Resolve(key, path);
        return byName;
    }
}
