using Leda.Harness.Scenarios.Bindings;
using Reqnroll;

namespace Leda.Harness.Harness.Tests.Scenarios;

/// <summary>Section 2: what can be a binding, and how all mistakes are told at once.</summary>
public sealed class BindingRegistryTests
{
    [Fact]
    public void FromTypes_SeveralMistakes_OneMessageALine()
    {
        var error = Assert.Throws<BindingException>(() => BindingRegistry.FromTypes(typeof(Wrong), typeof(Generic<>), typeof(Abstract)));

        var lines = error.Message.Split(Environment.NewLine);
        Assert.Equal("Binding error(s) found:", lines[0]);
        Assert.Contains(lines, line => line.Contains("Wrong.NoExpression(): a step needs an expression"));
        Assert.Contains(lines, line => line.Contains("Wrong.AsyncVoid(): 'async void'"));
        Assert.Contains(lines, line => line.Contains("Wrong.InstanceHook(): a BeforeFeature hook must be static"));
        Assert.Contains(lines, line => line.Contains("Wrong.GenericMethod(T): a generic method"));
        Assert.Contains(lines, line => line.Contains("Wrong.BadRegex()"));
        Assert.Contains(lines, line => line.Contains("Wrong.BadTransformation(): a transformation must return something"));
        Assert.Contains(lines, line => line.Contains("Generic`1: a generic class"));
        Assert.Contains(lines, line => line.Contains("Abstract.Instance(): an abstract class"));
        Assert.DoesNotContain(lines, line => line.Contains("Abstract.Static"));
        Assert.Contains("Wrong.BadExpression(): Column 1", error.Message);
    }

    [Fact]
    public void FromAssemblies_InternalClassesAndDerivedOnes_Found()
    {
        // This assembly holds mistakes on purpose: finding them proves that it was searched.
        var error = Assert.Throws<BindingException>(() => BindingRegistry.FromAssemblies(typeof(Wrong).Assembly));

        Assert.Contains("DerivedWrong.NoExpression()", error.Message);
    }

    [Fact]
    public void FromTypes_StaticHooksOfAnAbstractClass_Taken()
    {
        var registry = BindingRegistry.FromTypes(typeof(OnlyStatic));

        Assert.Equal("AfterTestRun", Assert.Single(registry.HooksByKind[HookType.AfterTestRun]).Method.Name);
    }

    [Binding]
    internal class Wrong
    {
        [Given]
        public void NoExpression()
        {
        }

        [Given("async void")]
#pragma warning disable MA0155 // The mistake under test.
        public async void AsyncVoid() => await Task.Yield();
#pragma warning restore MA0155

        [Given("{unknown}")]
        public void BadExpression()
        {
        }

        [Given("^(open$")]
        public void BadRegex()
        {
        }

        [Given("generic")]
        public void GenericMethod<T>(T value) => throw new NotSupportedException(value?.ToString());

        [BeforeFeature]
        public void InstanceHook()
        {
        }

        [StepArgumentTransformation]
        public void BadTransformation()
        {
        }
    }

    internal sealed class DerivedWrong : Wrong;

    [Binding]
    internal sealed class Generic<T>
    {
        [Given("never")]
        public static void Never() => throw new NotSupportedException(typeof(T).Name);
    }

    [Binding]
    internal abstract class Abstract
    {
        [Given("static")]
        public static void Static()
        {
        }

        [Given("instance")]
        public void Instance()
        {
        }
    }

    [Binding]
    internal abstract class OnlyStatic
    {
        [AfterTestRun]
        public static void AfterTestRun()
        {
        }
    }
}
