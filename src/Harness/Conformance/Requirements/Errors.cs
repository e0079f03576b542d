using System.Text.Json;
using Leda.Harness.Conformance.Acts;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Conformance.Requirements;

/// <summary>ER: what the device refuses, and how. Nothing of it changes anything.</summary>
internal static class Errors
{
    /// <summary>An operation that no feature has.</summary>
    public const string Unknown = "conform-unknown";

    private const string Factory = ContainerFactory.FeatureId;
    private const string Software = "SoftwareUpdatable";

    /// <summary>All of them.</summary>
    public static IEnumerable<Requirement> All =>
    [
        Refused("ER-01", "An unknown operation of ContainerFactory is answered with 404.", "3.1", 404, new Command(Factory, Unknown), "FE-01"),
        Refused("ER-02", "A command for a feature that is not there is answered with 400.", "2.5 row 7", 400, new Command("ConformAbsent", Unknown) { IsWellFormed = false }),
        Refused("ER-03", "An argument of the wrong type is answered with 400.", "3.1", 400, new Command(Factory, "create", Value("\"text\"")), "FE-01"),
        Refused("ER-04", "A creation without an image is answered with 500.", "3.1", 500, new Command(Factory, "create", Value("""{"start":false}""")), "FE-01"),
        Refused("ER-05", "A value without a content type is answered with 400.", "2.5 row 5", 400, Twisted("create", """{"start":false}""", e => Header(e, "content-type", null)), "FE-01"),
        Refused("ER-06", "A content type without a value is answered with 400.", "2.5 row 5", 400, Twisted(Unknown, null, e => Header(e, "content-type", "\"application/json\"")), "FE-01"),
        Refused("ER-07", "A content type other than application/json is answered with 400.", "2.5 row 5", 400, Twisted("create", """{"start":false}""", e => Header(e, "content-type", "\"text/plain\"")), "FE-01"),
        Refused("ER-08", "A command without a correlation id is answered with 400.", "2.5 row 4", 400, Twisted(Unknown, null, e => Header(e, "correlation-id", null)), "FE-01"),
        Refused("ER-09", "A command whose envelope names another thing is answered with 404.", "2.5 row 6", 404, Twisted(Unknown, null, e => e with { Topic = $"conform/absent/things/live/messages/{Unknown}" })),
        Refused("ER-10", "A command whose path is no message path is answered with 400.", "2.5 row 8", 400, Twisted(Unknown, null, e => e with { Path = "/attributes/conform" })),
        Refused("ER-11", "A command to the thing itself is answered with 404: it has no operations.", "2.5 row 9", 404, new Command(null, Unknown) { IsWellFormed = false }),
        Refused("ER-12", "An unknown operation of SoftwareUpdatable is answered with 404.", "3.4.1", 404, new Command(Software, Unknown), "FE-02"),
        Refused("ER-13", "An installation of nothing is answered with 400.", "3.4.1", 400, new Command(Software, "install", Value("""{"correlationId":"conform-empty","softwareModules":[]}""")), "FE-02"),
        Refused("ER-14", "A module without artifacts is answered with 400.", "3.4.1", 400, new Command(Software, "install", Value("""{"correlationId":"conform-empty","softwareModules":[{"softwareModule":{"name":"conform","version":"1"},"artifacts":[]}]}""")), "FE-02"),
        Refused("ER-15", "A removal of nothing is answered with 400.", "3.4.1", 400, new Command(Software, "remove", Value("""{"correlationId":"conform-empty","software":[]}""")), "FE-02"),
        Refused("ER-16", "An unknown operation of Metrics is answered with 404.", "3.3", 404, new Command("Metrics", Unknown), "FE-03"),
        Refused("ER-17", "A frequency that is none is answered with 400.", "3.3", 400, new Command("Metrics", "request", Value("""{"frequency":"often"}""")), "FE-03"),
    ];

    private static Requirement Refused(string id, string sentence, string section, int status, Command command, params string[] needs)
    {
        var act = new Act<OperationScene>(id, async device => new OperationScene(await device.InvokeAsync(command), ""));
        return new Requirement(id, sentence, Kanto.Section(section))
        {
            Needs = needs,
            Play = async trial => Trial.ExpectStatus((await trial.SeeAsync(act)).Exchange, status, $"{command.Feature} {command.Operation}".Trim()),
        };
    }

    private static Command Twisted(string operation, string? value, Func<Envelope, Envelope> twist) =>
        new(Factory, operation, value is null ? null : Value(value)) { IsWellFormed = false, Twist = twist };

    private static Envelope Header(Envelope envelope, string name, string? json) =>
        envelope with { Headers = envelope.Headers.With(name, json is null ? null : Value(json)) };

    private static JsonElement Value(string json) => JsonText.Parse(json);
}
