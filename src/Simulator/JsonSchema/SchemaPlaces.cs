using System.Text.Json;
using System.Text.RegularExpressions;

namespace Leda.Harness.Simulator.JsonSchema;

/// <summary>Where everything is that a <c>$ref</c> may lead to.</summary>
internal sealed partial class SchemaPlaces
{
    private readonly Dictionary<string, SchemaPlace> _byUri = [];
    private readonly Dictionary<(string File, string Pointer), SchemaPlace> _schemas = [];

    /// <summary>Every schema and part of a schema.</summary>
    public IReadOnlyCollection<SchemaPlace> Schemas => _schemas.Values;

    /// <summary>Adds a document and all schemas in it.</summary>
    public SchemaPlace Add(string file, string uri, JsonElement json)
    {
        var root = WithId(new SchemaPlace(file, "", uri, json));
        _byUri[uri] = root;
        Index(root);
        return root;
    }

    /// <summary>A schema inside another one.</summary>
    public SchemaPlace Child(SchemaPlace parent, string key, JsonElement json) => Known(parent.Below(key, json));

    /// <summary>What a reference leads to.</summary>
    public SchemaPlace Find(SchemaPlace from, JsonElement reference)
    {
        if (reference.ValueKind != JsonValueKind.String)
            throw from.Refuse("'$ref' must be a URI", "$ref");
        var text = reference.GetString()!;
        var uri = Resolve(from, text, "$ref");
        var (document, fragment) = Split(uri);
        if (!_byUri.TryGetValue(document, out var place))
            throw from.Refuse($"'$ref' leads to '{document}', which is not among the documents; nothing is fetched from elsewhere: put the file into the folder", "$ref");
        if (fragment.Length == 0)
            return place;
        var found = fragment[0] == '/' ? Walk(place, Uri.UnescapeDataString(fragment)) : _byUri.GetValueOrDefault(uri);
        return found ?? throw from.Refuse($"'$ref' leads to '{text}', and there is nothing in that document: check the pointer", "$ref");
    }

    private static (string Document, string Fragment) Split(string uri)
    {
        var hash = uri.IndexOf('#', StringComparison.Ordinal);
        return hash < 0 ? (uri, "") : (uri[..hash], uri[(hash + 1)..]);
    }

    private static string Resolve(SchemaPlace from, string reference, string keyword)
    {
        if (reference.Length == 0 || reference[0] == '#')
            return from.Base + reference;
        try
        {
            return (Scheme().IsMatch(reference) ? new Uri(reference) : new Uri(new Uri(from.Base), new Uri(reference, UriKind.Relative))).AbsoluteUri;
        }
        catch (UriFormatException e)
        {
            throw from.Refuse($"'{reference}' is no URI: {e.Message}", keyword);
        }
    }

    private SchemaPlace? Walk(SchemaPlace place, string pointer)
    {
        foreach (var segment in pointer.Split('/').Skip(1))
        {
            var key = segment.Replace("~1", "/").Replace("~0", "~");
            var json = place.Json.ValueKind switch
            {
                JsonValueKind.Object when place.Json.TryGetProperty(key, out var member) => member,
                JsonValueKind.Array when int.TryParse(key, out var index) && index >= 0 && index < place.Json.GetArrayLength() => place.Json[index],
                _ => default,
            };
            if (json.ValueKind == JsonValueKind.Undefined)
                return null;
            place = Known(place.Below(key, json));
        }

        return place;
    }

    private SchemaPlace Known(SchemaPlace place) => _schemas.GetValueOrDefault(place.Key, place);

    private void Index(SchemaPlace place)
    {
        _schemas[place.Key] = place;
        if (place.Json.ValueKind != JsonValueKind.Object)
            return;
        foreach (var member in place.Json.EnumerateObject())
        {
            var below = place.Below(member.Name, member.Value);
            switch (member.Name, member.Value.ValueKind)
            {
                case ("definitions" or "$defs" or "properties" or "patternProperties", JsonValueKind.Object):
                    foreach (var child in member.Value.EnumerateObject())
                        Index(WithId(below.Below(child.Name, child.Value)));
                    break;
                case ("dependencies", JsonValueKind.Object):
                    foreach (var child in member.Value.EnumerateObject().Where(child => child.Value.ValueKind != JsonValueKind.Array))
                        Index(WithId(below.Below(child.Name, child.Value)));
                    break;
                case ("allOf" or "anyOf" or "oneOf" or "items", JsonValueKind.Array):
                    for (var i = 0; i < member.Value.GetArrayLength(); i++)
                        Index(WithId(below.Below(i.ToString(System.Globalization.CultureInfo.InvariantCulture), member.Value[i])));
                    break;
                case ("items" or "additionalItems" or "contains" or "additionalProperties" or "propertyNames" or "not" or "if" or "then" or "else", _):
                    Index(WithId(below));
                    break;
            }
        }
    }

    /// <summary>The place under the name that it gives itself. Beside a <c>$ref</c> there is no such name.</summary>
    private SchemaPlace WithId(SchemaPlace place)
    {
        if (place.Json.ValueKind != JsonValueKind.Object || place.Json.TryGetProperty("$ref", out _) || place.Get("$id", JsonValueKind.String, "a URI") is not { } id)
            return place;
        var uri = Resolve(place, id.GetString()!, "$id");
        var (document, fragment) = Split(uri);
        var named = place with { Base = document };
        var name = fragment.Length == 0 ? document : uri;
        if (_byUri.TryGetValue(name, out var other) && other.Key != place.Key)
            throw place.Refuse($"'{name}' is the '$id' of {other.File}#{other.Pointer} as well: give each schema its own", "$id");
        _byUri[name] = named;
        return named;
    }

    [GeneratedRegex("^[a-zA-Z][a-zA-Z0-9+.-]*:")]
    private static partial Regex Scheme();
}
