using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>The messages of the examples: those of one gateway, <c>acme:gw-1</c> of the tenant <c>tnt</c>, and its containers.</summary>
internal static class Examples
{
    public const string Gateway = "acme:gw-1";
    public const string Thing = Gateway + ":edge:containers";
    public const string Container = "Container:5f0c";
    public const string Software = "SoftwareUpdatable";
    public const string LastOperation = Software + "/properties/status/lastOperation";
    public const string LastFailedOperation = Software + "/properties/status/lastFailedOperation";
    public const string State = Container + "/properties/status/state";

    private const string Topic = "acme/gw-1:edge:containers/things/";
    private const string Module = """
        {"name":"app","version":"1.0"}
        """;

    public static ExampleMessage Ask { get; } = new(EdgeTopics.ThingRequest, "{}");

    public static ExampleMessage Announce { get; } = new(EdgeTopics.ThingResponse, """{"deviceId":"acme:gw-1","tenantId":"tnt"}""");

    /// <summary>A command.</summary>
    /// <param name="feature">To this feature.</param>
    /// <param name="operation">What it is to do.</param>
    /// <param name="value">The argument; <see langword="null"/> for none.</param>
    /// <param name="id">The request id; its correlation id is <c>c-</c> and this.</param>
    /// <param name="more">More headers, each with a comma after it.</param>
    public static ExampleMessage Command(string feature, string operation, string? value = null, string id = "1", string more = "")
    {
        var (type, tail) = value is null ? ("", "") : (",\"content-type\":\"application/json\"", $",\"value\":{value}");
        var text = $$$"""{"topic":"{{{Topic}}}live/messages/{{{operation}}}","headers":{{{{more}}}"correlation-id":"c-{{{id}}}","response-required":true{{{type}}}},"path":"/features/{{{feature}}}/inbox/messages/{{{operation}}}"{{{tail}}}}""";
        return new ExampleMessage($"command//{Thing}/req/{id}/{operation}", text);
    }

    /// <summary>The answer to a command.</summary>
    public static ExampleMessage Answer(string feature, string operation, int status = 204, string? value = null, string id = "1", string? correlation = null)
    {
        var (type, tail) = value is null ? ("", "") : ("\"content-type\":\"application/json\",", $",\"value\":{value}");
        var text = $$$"""{"topic":"{{{Topic}}}live/messages/{{{operation}}}","headers":{{{{type}}}"correlation-id":"{{{correlation ?? "c-" + id}}}"},"path":"/features/{{{feature}}}/outbox/messages/{{{operation}}}"{{{tail}}},"status":{{{status}}}}""";
        return new ExampleMessage($"command//{Thing}/res/{id}/{status}", text);
    }

    /// <summary>A message of a feature to whom it may concern.</summary>
    public static ExampleMessage Outbox(string feature, string subject, string value) => Uplink(
        $$$"""{"topic":"{{{Topic}}}live/messages/{{{subject}}}","headers":{"content-type":"application/json","response-required":false},"path":"/features/{{{feature}}}/outbox/messages/{{{subject}}}","value":{{{value}}}}""");

    /// <summary>A device writes a part of its twin.</summary>
    public static ExampleMessage Modify(string path, string value) => Uplink(
        $$$"""{"topic":"{{{Topic}}}twin/commands/modify","headers":{"response-required":false},"path":"/features/{{{path}}}","value":{{{value}}}}""");

    /// <summary>A device deletes a part of its twin.</summary>
    public static ExampleMessage Delete(string path) => Uplink(
        $$$"""{"topic":"{{{Topic}}}twin/commands/delete","headers":{"response-required":false},"path":"/features/{{{path}}}"}""");

    /// <summary>The twin has changed.</summary>
    public static ExampleMessage Event(string path, string value, long revision) => new(
        "", $$$"""{"topic":"{{{Topic}}}twin/events/modified","headers":{},"path":"/features/{{{path}}}","value":{{{value}}},"revision":{{{revision}}},"timestamp":"2026-01-01T00:00:00Z"}""");

    /// <summary>A device says something about a thing.</summary>
    public static ExampleMessage Uplink(string envelope, string thing = Thing) => new($"e/tnt/{thing}", envelope);

    /// <summary>The argument of <c>install</c>.</summary>
    public static string Install(string correlationId = "u-1", string? artifacts = null) => $$"""
        {"correlationId":"{{correlationId}}","softwareModules":[{"softwareModule":{{Module}},"artifacts":[{{artifacts ?? Artifact("app.json", 200)}}]}]}
        """;

    /// <summary>A file to download.</summary>
    public static string Artifact(string name, int size) => $$$"""
        {"filename":"{{{name}}}","download":{"HTTP":{"url":"http://host/app.json","md5url":"http://host/app.md5"}},"checksums":{"MD5":"0123456789abcdef0123456789abcdef"},"size":{{{size}}}}
        """;

    /// <summary>How far an operation is.</summary>
    public static ExampleMessage Status(string status, string correlationId = "u-1", string more = "", string path = LastOperation) => Modify(path, $$"""
        {"correlationId":"{{correlationId}}","status":"{{status}}","softwareModule":{{Module}}{{more}}}
        """);

    /// <summary>The feature for software, announced.</summary>
    public static ExampleMessage Announced(string type, string feature = Software) => Modify(feature, $$$$"""
        {"definition":["org.eclipse.hawkbit.swupdatable:SoftwareUpdatable:2.0.0"],"properties":{"status":{"softwareModuleType":"{{{{type}}}}"}}}
        """);

    /// <summary>The container, announced.</summary>
    public static ExampleMessage Present { get; } = Modify(Container, """
        {"definition":["com.bosch.iot.suite.edge.containers:Container:1.5.0"],"properties":{"status":{"name":"app","imageRef":"app:1.0","createdAt":"2026-01-01T00:00:00Z","state":{"status":"CREATED","pid":-1}}}}
        """);

    /// <summary>A container is to be created with these settings.</summary>
    public static ExampleMessage CreateWith(string config) =>
        Command("ContainerFactory", "createWithConfig", $$"""{"imageRef":"app:1.0","name":"app","config":{{config}},"start":true}""");
}
