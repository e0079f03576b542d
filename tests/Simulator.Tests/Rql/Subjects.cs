using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Rql;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.Tests.Rql;

/// <summary>Things and signals to evaluate expressions on.</summary>
internal static class Subjects
{
    /// <summary>A Wednesday.</summary>
    public static DateTimeOffset Now { get; } = DateTimeOffset.Parse("2026-03-04T09:15:26.502Z");

    public static Thing Thing(string json, string id = "acme.plant:press-7") => new Thing
    {
        Id = ThingId.Parse(id),
        Revision = 42,
        Created = Now - TimeSpan.FromDays(2),
        Modified = Now - TimeSpan.FromHours(1),
    }.Replace(JsonText.Parse(json));

    public static SignalSubject Signal(string topic, string path, string? value = null, string? extra = null) => new()
    {
        Now = Now,
        Topic = TopicPath.Parse(topic),
        Path = path,
        Value = value is null ? null : JsonText.Parse(value),
        Extra = extra is null ? null : JsonText.Parse(extra),
    };

    public static bool InMemory(string expression, string thing) => Holds(expression, thing, RqlSemantics.InMemory);

    public static bool Search(string expression, string thing) => Holds(expression, thing, RqlSemantics.Search);

    public static RqlExpression Parse(string text) =>
        RqlExpression.TryParse(text, out var expression, out var error) ? expression : throw new FormatException(error.Description);

    private static bool Holds(string expression, string thing, RqlSemantics semantics) =>
        Parse(expression).Matches(new ThingSubject(Thing(thing)) { Now = Now }, semantics);
}
