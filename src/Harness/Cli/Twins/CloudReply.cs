using System.Text;
using System.Text.Json;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Cli.Twins;

/// <summary>What the cloud answered.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">The media type without parameters; <see langword="null"/> if absent.</param>
/// <param name="Body">The body; may be empty.</param>
internal sealed record CloudReply(int Status, string? ContentType, byte[] Body)
{
    private static readonly string[] _members = ["error", "message", "description"];

    public bool IsSuccess => Status is >= 200 and < 300;

    private bool IsJson => ContentType == "application/json" || ContentType?.EndsWith("+json", StringComparison.Ordinal) == true;

    /// <summary>The body as the value of an envelope has it (<c>ditto.md</c> 3.1): JSON, text, or bytes in base64; <see langword="null"/> if there is none.</summary>
    public JsonElement? Value()
    {
        if (Body.Length == 0)
            return null;
        if (IsJson && JsonText.TryParse(Body, out var json, out _))
            return json;
        return JsonText.String(ContentType?.StartsWith("text/", StringComparison.Ordinal) == true
            ? Encoding.UTF8.GetString(Body)
            : Convert.ToBase64String(Body));
    }

    /// <summary>The body, which has to be JSON.</summary>
    /// <exception cref="CloudException">It is none.</exception>
    public JsonElement Json() => JsonText.TryParse(Body, out var json, out var problem)
        ? json
        : throw new CloudException(ExitCode.Failed, $"the answer is no JSON: {problem}. Does --url lead to a Ditto API?");

    /// <summary>A refusal in one line, with what Ditto's error says (<c>ditto.md</c> 1.7).</summary>
    public string Problem()
    {
        if (Status == 401)
            return "401: the user or the password is wrong; give them with --user name:password.";
        if (!IsJson || !JsonText.TryParse(Body, out var error, out _) || error.ValueKind != JsonValueKind.Object)
            return $"{Status}{(Status == 404 ? ": nothing like that is served there; does --url lead to a Ditto API?" : "")}";
        var said = string.Join(' ', _members.Select(name => Text(error, name)).Where(text => text.Length > 0));
        return PlainText.Of($"{Status} {(said.Length > 0 ? said : error)}");
    }

    private static string Text(JsonElement error, string name) =>
        error.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
}
