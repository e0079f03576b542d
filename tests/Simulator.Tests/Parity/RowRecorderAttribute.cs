using System.Collections.Concurrent;
using System.Reflection;
using Xunit.v3;

namespace Leda.Harness.Simulator.Tests.Parity;

/// <summary>Notes for each test that is named by rows of the checklist of Ditto's behaviours whether it passed.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class RowRecorderAttribute : BeforeAfterTestAttribute
{
    /// <summary>Whether all runs of a test method passed, by its name.</summary>
    internal static ConcurrentDictionary<string, bool> Results { get; } = [];

    /// <inheritdoc/>
    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (!ParityTable.IsRow(methodUnderTest))
            return;
        var passed = TestContext.Current.TestState?.Result == TestResult.Passed;
        Results.AddOrUpdate(methodUnderTest.Name, passed, (_, before) => before && passed);
    }
}
