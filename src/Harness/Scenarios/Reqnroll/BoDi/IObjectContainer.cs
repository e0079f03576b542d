namespace Reqnroll.BoDi;

/// <summary>Creates and keeps objects. What is not known here is asked of the container that this one was made in.</summary>
internal interface IObjectContainer : IDisposable
{
    void RegisterInstanceAs<T>(T instance, string? name = null, bool dispose = false)
        where T : class;

    void RegisterInstanceAs(object instance, Type interfaceType, string? name = null, bool dispose = false);

    IStrategyRegistration RegisterTypeAs<TType, TInterface>(string? name = null)
        where TType : class, TInterface;

    IStrategyRegistration RegisterTypeAs<TInterface>(Type implementationType, string? name = null);

    IStrategyRegistration RegisterTypeAs(Type implementationType, Type interfaceType, string? name = null);

    IStrategyRegistration RegisterFactoryAs<T>(Func<T> factory, string? name = null)
        where T : class;

    IStrategyRegistration RegisterFactoryAs<T>(Func<IObjectContainer, T> factory, string? name = null)
        where T : class;

    T Resolve<T>(string? name = null);

    object Resolve(Type typeToResolve, string? name = null);

    /// <summary>One of each registration of the type, whatever its name.</summary>
    IEnumerable<T> ResolveAll<T>()
        where T : class;

    bool IsRegistered<T>(string? name = null);

    bool IsRegistered(Type type, string? name = null);
}

/// <summary>Says how often a registered type or factory makes an object.</summary>
internal interface IStrategyRegistration
{
    /// <summary>A new one for everyone who asks.</summary>
    IStrategyRegistration InstancePerDependency();

    /// <summary>One for the container; the default.</summary>
    IStrategyRegistration InstancePerContext();
}

/// <summary>An object cannot be had; the message says of which type and on which way.</summary>
internal sealed class ObjectContainerException(string message) : Exception(message);
