using System.Text;
using Leda.Harness.Simulator.Referee;
using Leda.Harness.Simulator.Referee.Contract;

namespace Leda.Harness.Simulator.Tests.Referee;

/// <summary>The referee under test, and the messages of one gateway: <c>acme.fleet:gw-07:truck-42</c>, tenant <c>tnt-eu1</c>.</summary>
internal static class Cloud
{
    public const string Thing = "acme.fleet:gw-07:truck-42:edge:containers";
    public const string EventTopic = "e/tnt-eu1/" + Thing;
    public const string Things = "acme.fleet/gw-07:truck-42:edge:containers/things/";
    public const string Twin = Things + "twin/commands/";
    public const string Live = Things + "live/messages/";
    public const string Container = "/features/Container:c2d9e0aa-1f64-4d0e-b1a4-77aa0c3e5b90";

    public static SchemaCatalogue Catalogue { get; } = new();

    public static MessageReferee Referee { get; } = new(Catalogue);

    public static Judgement Judge(string topic, string payload) => Referee.Judge(topic, Encoding.UTF8.GetBytes(payload));

    public static Judgement JudgeEnvelope(string json) => Referee.JudgeEnvelope(Encoding.UTF8.GetBytes(json));

    /// <summary>A twin command as the daemon sends it.</summary>
    public static string Modify(string path, string value) =>
        $$"""{"topic":"{{Twin}}modify","headers":{"response-required":false},"path":"{{path}}","value":{{value}}}""";

    /// <summary>The bus topic of a command with request id.</summary>
    public static string Request(string subject, string id = "7f31a") => $"command//{Thing}/req/{id}/{subject}";

    /// <summary>The bus topic of an answer.</summary>
    public static string Response(int status) => $"command//{Thing}/res/7f31a/{status}";

    /// <summary>A command as it should be.</summary>
    public static string Command(string feature, string operation, string? value)
    {
        var (type, tail) = value is null ? ("", "") : (",\"content-type\":\"application/json\"", $",\"value\":{value}");
        return $$"""{"topic":"{{Live}}{{operation}}","headers":{"correlation-id":"c-1","response-required":true{{type}}},"path":"{{feature}}/inbox/messages/{{operation}}"{{tail}}}""";
    }
}
