using Reqnroll;
using Reqnroll.UnitTestProvider;

namespace Leda.Harness.Scenarios.Running;

/// <summary>A step or hook ends its scenario as skipped; the message is the reason.</summary>
internal sealed class ScenarioSkippedException(string reason) : Exception(reason);

/// <inheritdoc cref="IUnitTestRuntimeProvider"/>
internal sealed class RuntimeProvider : IUnitTestRuntimeProvider
{
    public void TestPending(string message) => throw new PendingStepException(message);

    public void TestInconclusive(string message) => throw new ReqnrollException(message);

    public void TestIgnore(string message) => throw new ScenarioSkippedException(message);
}
