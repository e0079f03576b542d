using System.Collections.Specialized;
using System.Globalization;

namespace Reqnroll;

/// <summary>A feature as written. Tags stand without <c>@</c>, here and below.</summary>
internal sealed class FeatureInfo(CultureInfo language, string folderPath, string title, string description, params string[] tags)
{
    public CultureInfo Language { get; } = language;

    public string FolderPath { get; } = folderPath;

    public string Title { get; } = title;

    public string Description { get; } = description;

    public string[] Tags { get; } = tags;
}

/// <summary>A rule as written.</summary>
internal sealed class RuleInfo(string title, string description, string[] tags)
{
    public string Title { get; } = title;

    public string Description { get; } = description;

    public string[] Tags { get; } = tags;
}

/// <summary>A scenario as written; of an outline, with the cells of one row.</summary>
internal sealed class ScenarioInfo(string title, string description, string[] tags, IOrderedDictionary arguments, string[] inheritedTags)
{
    /// <summary>The title, with an outline's placeholders left in.</summary>
    public string Title { get; } = title;

    public string Description { get; } = description;

    /// <summary>The tags of the scenario and its examples.</summary>
    public string[] Tags { get; } = tags;

    /// <summary><see cref="Tags"/>, then the feature's, then the rule's.</summary>
    public string[] CombinedTags { get; } = [.. tags, .. inheritedTags];

    /// <summary>An outline's cells by column; empty for a plain scenario.</summary>
    public IOrderedDictionary Arguments { get; } = arguments;
}

/// <summary>A step as executed, with an outline's placeholders filled in.</summary>
internal sealed class StepInfo(StepDefinitionType stepDefinitionType, string text, Table? table, string? multilineText)
{
    public StepDefinitionType StepDefinitionType { get; } = stepDefinitionType;

    public string Text { get; } = text;

    public Table? Table { get; } = table;

    public string? MultilineText { get; } = multilineText;
}
