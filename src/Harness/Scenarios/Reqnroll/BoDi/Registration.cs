namespace Reqnroll.BoDi;

/// <summary>What is asked for: a type and, perhaps, a name in any case.</summary>
internal readonly record struct RegistrationKey
{
    private readonly string? _name;

    public RegistrationKey(Type type, string? name)
    {
        Type = type;
        _name = name?.ToUpperInvariant();
        Name = name;
    }

    public Type Type { get; }

    public string? Name { get; }

    public bool Equals(RegistrationKey other) => Type == other.Type && _name == other._name;

    public override int GetHashCode() => HashCode.Combine(Type, _name);

    public override string ToString() => Name is null ? Type.FullName ?? Type.Name : $"{Type.FullName} ('{Name}')";
}

/// <summary>How an object of one key comes to be in one container.</summary>
internal sealed class Registration(Func<ObjectContainer, ResolutionPath, object> create) : IStrategyRegistration
{
    public bool IsPerDependency { get; private set; }

    /// <summary>From the first time on the registration cannot be replaced.</summary>
    public bool IsResolved { get; private set; }

    /// <summary>The class that is made, when it is known: however many types it stands for, one object is kept of it.</summary>
    public Type? Implementation { get; init; }

    /// <summary>False for objects that somebody else owns.</summary>
    public bool OwnsObject { get; init; } = true;

    public object Create(ObjectContainer container, ResolutionPath path)
    {
        IsResolved = true;
        return create(container, path);
    }

    public IStrategyRegistration InstancePerDependency()
    {
        IsPerDependency = true;
        return this;
    }

    public IStrategyRegistration InstancePerContext()
    {
        IsPerDependency = false;
        return this;
    }
}
