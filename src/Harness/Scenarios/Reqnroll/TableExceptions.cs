namespace Reqnroll;

/// <summary>A table and what it is compared with differ; the message says in what.</summary>
internal sealed class ComparisonException(string message) : Exception(message);

/// <summary>A column names no member, and the options demand one.</summary>
internal sealed class ColumnCouldNotBeBoundException(IEnumerable<string> columns)
    : Exception($"No member has the exact name of: {string.Join(", ", columns)}");
