using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Leda.Harness.Protocol.Json;
using Microsoft.AspNetCore.Http;

namespace Leda.Harness.Simulator.Api.Registry;

/// <summary>A search of the device registry: filters that must all hold, an order, one page of what is found.</summary>
internal sealed class RegistrySearch
{
    private const int LargestPage = 200;

    private readonly List<RegistryFilter> _filters = [];
    private readonly List<(JsonPointer Field, bool Descending)> _order = [];
    private int _size = 30;
    private int _offset;

    private RegistrySearch()
    {
    }

    /// <summary>Reads it from the query parameters <c>pageSize</c>, <c>pageOffset</c>, <c>filterJson</c> and <c>sortJson</c>.</summary>
    public static bool TryRead(IQueryCollection query, [NotNullWhen(true)] out RegistrySearch? search, [NotNullWhen(false)] out string? problem)
    {
        search = new RegistrySearch();
        problem = Number(query, "pageSize", LargestPage, ref search._size) ?? Number(query, "pageOffset", int.MaxValue, ref search._offset);
        foreach (var text in query["filterJson"])
        {
            if (!RegistryFilter.TryParse(text ?? "", out var filter))
                problem ??= """'filterJson' is invalid; expected for example {"field":"/enabled","value":true}.""";
            else
                search._filters.Add(filter);
        }

        foreach (var text in query["sortJson"])
            problem ??= search.AddOrder(text ?? "");
        return problem is null;
    }

    /// <summary>One page of what matches, as <c>{"total":n,"result":[…]}</c>; <see langword="null"/> if nothing does.</summary>
    public JsonElement? Run(IEnumerable<JsonElement> entities)
    {
        var found = entities.Where(e => _filters.TrueForAll(f => f.Matches(e))).ToList();
        if (found.Count == 0)
            return null;
        IOrderedEnumerable<JsonElement> ordered = found.OrderBy(_ => 0);
        foreach (var (field, descending) in _order)
        {
            ordered = descending
                ? ordered.ThenByDescending(e => Key(e, field), RegistryOrder.Instance)
                : ordered.ThenBy(e => Key(e, field), RegistryOrder.Instance);
        }

        return JsonText.Build(writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("total", found.Count);
            writer.WriteStartArray("result");
            foreach (var entity in ordered.Skip(_offset).Take(_size))
                entity.WriteTo(writer);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private static JsonElement? Key(JsonElement entity, JsonPointer field) => field.TryGet(entity, out var value) ? value : null;

    private static string? Number(IQueryCollection query, string name, int most, ref int number) =>
        !query.TryGetValue(name, out var text) || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= most)
            ? null
            : $"'{name}' must be a number from 0 to {most}.";

    private string? AddOrder(string text)
    {
        const string expected = """'sortJson' is invalid; expected for example {"field":"/id","direction":"desc"}.""";
        if (!JsonText.TryParse(Encoding.UTF8.GetBytes(text), out var json, out _) || json.ValueKind != JsonValueKind.Object
            || !json.TryGetProperty("field", out var field) || field.ValueKind != JsonValueKind.String
            || !JsonPointer.TryParse(field.GetString(), out var pointer, out _))
            return expected;
        var direction = json.TryGetProperty("direction", out var given) ? given.ToString() : "asc";
        _order.Add((pointer, direction == "desc"));
        return direction is "asc" or "desc" ? null : expected;
    }
}
