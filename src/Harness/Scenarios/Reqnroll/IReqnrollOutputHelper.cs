namespace Reqnroll;

/// <summary>Where steps and hooks write what a reader of the report should see.</summary>
internal interface IReqnrollOutputHelper
{
    void WriteLine(string message);

    void WriteLine(string format, params object?[] args);

    void AddAttachment(string filePath);
}
