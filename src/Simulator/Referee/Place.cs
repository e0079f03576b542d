using Newtonsoft.Json.Linq;

namespace Leda.Harness.Simulator.Referee;

/// <summary>Where a value stands in a message.</summary>
/// <param name="Root">The value.</param>
/// <param name="At">JSON pointer to it.</param>
internal readonly record struct Place(JToken Root, string At)
{
    /// <summary>JSON pointer to something inside the value.</summary>
    public string Of(JToken inside)
    {
        var segments = new Stack<string>();
        for (var token = inside; token is not null && token != Root; token = token.Parent)
        {
            if (token is JProperty property)
                segments.Push(Escape(property.Name));
            else if (token.Parent is JArray array)
                segments.Push(array.IndexOf(token).ToString());
        }

        return segments.Count == 0 ? At : $"{At}/{string.Join('/', segments)}";
    }

    /// <summary>JSON pointer to a member of an object inside the value, whether it is there or not.</summary>
    public string Of(JToken inside, string member) => $"{Of(inside)}/{Escape(member)}";

    public static string Escape(string segment) => segment.Replace("~", "~0").Replace("/", "~1");
}
