namespace Reqnroll.UnitTestProvider;

/// <summary>Lets a step or hook end its scenario with another result than pass or fail. Each member throws.</summary>
internal interface IUnitTestRuntimeProvider
{
    /// <summary>Ends the scenario as pending, which is a failure.</summary>
    void TestPending(string message);

    /// <summary>Ends the scenario as failed: there is no third state between passed and failed.</summary>
    void TestInconclusive(string message);

    /// <summary>Ends the scenario as skipped.</summary>
    void TestIgnore(string message);
}
