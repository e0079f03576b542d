using Reqnroll.BoDi;

namespace Leda.Harness.Harness.Tests.Scenarios;

/// <summary>Section 5: what a container makes, keeps, refuses and disposes.</summary>
public sealed class ObjectContainerTests
{
    [Fact]
    public void Resolve_UnregisteredClass_MadeWithItsDependenciesAndKept()
    {
        using var container = new ObjectContainer();

        var car = container.Resolve<Car>();

        Assert.Same(car, container.Resolve<Car>());
        Assert.Same(car.Engine, container.Resolve<Engine>());
        Assert.Same(container, car.Container);
    }

    [Fact]
    public void Resolve_UnregisteredInChild_KeptInTheContainerAsked()
    {
        using var parent = new ObjectContainer();
        using var child = new ObjectContainer(parent);

        Assert.NotSame(parent.Resolve<Engine>(), child.Resolve<Engine>());
    }

    [Fact]
    public void Resolve_RegisteredInParent_MadeAndKeptThere()
    {
        using var parent = new ObjectContainer();
        parent.RegisterTypeAs<Engine, IEngine>();
        using var first = new ObjectContainer(parent);
        using var second = new ObjectContainer(parent);

        Assert.Same(first.Resolve<IEngine>(), second.Resolve<IEngine>());
    }

    [Fact]
    public void Resolve_OneClassForTwoInterfaces_OneObject()
    {
        using var container = new ObjectContainer();
        container.RegisterTypeAs<Engine, IEngine>();
        container.RegisterTypeAs<Engine, IPart>();

        Assert.Same(container.Resolve<IEngine>(), container.Resolve<IPart>());
    }

    [Fact]
    public void Resolve_PerDependency_NewForEach()
    {
        using var container = new ObjectContainer();
        container.RegisterTypeAs<Engine, IEngine>().InstancePerDependency();
        var calls = 0;
        container.RegisterFactoryAs(() => $"{++calls}").InstancePerDependency().InstancePerContext();

        Assert.NotSame(container.Resolve<IEngine>(), container.Resolve<IEngine>());
        Assert.Equal("1", container.Resolve<string>());
        Assert.Equal("1", container.Resolve<string>());
    }

    [Fact]
    public void Resolve_ByName_AnyCaseAndAsDictionary()
    {
        using var container = new ObjectContainer();
        container.RegisterInstanceAs("unnamed");
        container.RegisterInstanceAs("left", "Left");
        container.RegisterFactoryAs(inner => $"right of {inner.Resolve<string>("LEFT")}", "right");

        Assert.Equal("left", container.Resolve<string>("lEfT"));
        Assert.Equal(new Dictionary<string, string> { ["Left"] = "left", ["right"] = "right of left" }, container.Resolve<IDictionary<string, string>>());
        Assert.Equal(["unnamed", "left", "right of left"], container.ResolveAll<string>());
        Assert.True(container.IsRegistered<string>("RIGHT"));
        Assert.False(container.IsRegistered<string>("middle"));
    }

    [Fact]
    public void Resolve_Constructors_MostParametersWin()
    {
        using var container = new ObjectContainer();

        Assert.Equal("engine and car", container.Resolve<Choosy>().Chosen);
        Assert.NotNull(container.Resolve<Hidden>());
    }

    [Theory]
    [InlineData(typeof(IEngine), "interface")]
    [InlineData(typeof(string), "values cannot be made up")]
    [InlineData(typeof(int), "values cannot be made up")]
    [InlineData(typeof(TimeSpan), "values cannot be made up")]
    [InlineData(typeof(NeedsText), "NeedsText -> System.String")]
    [InlineData(typeof(Undecided), "2 constructors")]
    [InlineData(typeof(Chicken), "Chicken -> Leda.Harness.Harness.Tests.Scenarios.ObjectContainerTests+Egg -> ")]
    public void Resolve_Impossible_SaysWhyAndOnWhichWay(Type type, string expected)
    {
        using var container = new ObjectContainer();

        Assert.Contains(expected, Assert.Throws<ObjectContainerException>(() => container.Resolve(type)).Message);
    }

    [Fact]
    public void Resolve_FactoryThatNeedsItself_Refused()
    {
        using var container = new ObjectContainer();
        container.RegisterFactoryAs(inner => inner.Resolve<Car>().Engine);

        Assert.Contains("circle", Assert.Throws<ObjectContainerException>(() => container.Resolve<Engine>()).Message);
        Assert.Contains("circle", Assert.Throws<ObjectContainerException>(() => container.Resolve<Engine>()).Message);
    }

    [Fact]
    public void Register_Again_AllowedUntilResolved()
    {
        using var container = new ObjectContainer();
        container.RegisterInstanceAs("first");
        container.RegisterInstanceAs("second");

        Assert.Equal("second", container.Resolve<string>());
        Assert.Throws<ObjectContainerException>(() => container.RegisterInstanceAs("third"));
    }

    [Fact]
    public void Register_AfterImplicitResolution_Refused()
    {
        using var container = new ObjectContainer();
        container.Resolve<Engine>();

        Assert.Throws<ObjectContainerException>(() => container.RegisterInstanceAs(new Engine()));
    }

    [Fact]
    public void Dispose_WhatWasMade_InOrderOfCreation()
    {
        var log = new Log();
        using var parent = new ObjectContainer();
        parent.RegisterInstanceAs(log);
        var container = new ObjectContainer(parent);
        container.RegisterInstanceAs(new Given("mine", log), "mine");
        container.RegisterInstanceAs(new Given("yours", log), "yours", dispose: true);
        container.RegisterFactoryAs(inner => new Given("factory", inner.Resolve<Log>()));

        container.Resolve<Outer>();
        container.Resolve<Given>();
        container.Resolve<Given>("mine");
        container.RegisterFactoryAs(inner => new Given("not kept", log), "new").InstancePerDependency();
        container.Resolve<Given>("new");
        container.Dispose();
        container.Dispose();

        Assert.Equal("yours inner outer factory", log.Text);
        Assert.Throws<ObjectDisposedException>(() => container.Resolve<Engine>());
    }

    [Fact]
    public void Dispose_OneThrows_RestIsDisposedAndItIsThrown()
    {
        var log = new Log();
        var container = new ObjectContainer();
        container.RegisterInstanceAs(new Bomb(), dispose: true);
        container.RegisterInstanceAs(new Given("rest", log), dispose: true);

        Assert.Throws<TimeoutException>(container.Dispose);
        Assert.Equal("rest", log.Text);
    }

    internal interface IEngine;

    internal interface IPart;

    internal sealed class Engine : IEngine, IPart;

    internal sealed record Car(Engine Engine, IObjectContainer Container);

    internal sealed record NeedsText(string Text);

    internal sealed class Choosy
    {
        public Choosy() => Chosen = "nothing";

        public Choosy(Engine engine, Car car) => Chosen = engine == car.Engine ? "engine and car" : "?";

        public string Chosen { get; }
    }

    internal sealed class Hidden
    {
        private Hidden()
        {
        }
    }

    internal sealed class Undecided
    {
        public Undecided(Engine engine) => _ = engine;

        public Undecided(Car car) => _ = car;
    }

    internal sealed record Chicken(Egg Egg);

    internal sealed record Egg(Chicken Chicken);

    internal sealed record Given(string Name, Log Log) : IDisposable
    {
        public void Dispose() => Log.Add(Name);
    }

    internal sealed record Inner(Log Log) : IDisposable
    {
        public void Dispose() => Log.Add("inner");
    }

    internal sealed record Outer(Log Log, Inner Inner) : IDisposable
    {
        public void Dispose() => Log.Add("outer");
    }

    internal sealed class Bomb : IDisposable
    {
#pragma warning disable CA1065 // The mistake under test.
        public void Dispose() => throw new TimeoutException();
#pragma warning restore CA1065
    }
}
