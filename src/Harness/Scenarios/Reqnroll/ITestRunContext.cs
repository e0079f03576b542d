namespace Reqnroll;

/// <summary>The run as a whole.</summary>
internal interface ITestRunContext
{
    /// <summary>The folder of the program that runs the scenarios.</summary>
    string TestDirectory { get; }
}
