using Leda.Harness.Device.Tests.Support;
using static Leda.Harness.Device.Tests.Support.SoftwareStory;

namespace Leda.Harness.Device.Tests.Features.Software;

/// <summary>Section 3.4.1 of the reference, and whatever else may be sent.</summary>
public sealed class ArgumentTests
{
    private static readonly string _good = Module("m", Artifact("valid.json"));

    public static TheoryData<string, string?, string> Refused => new()
    {
        { "install", null, "there are no SoftwareModules to be installed" },
        { "install", "{}", "there are no SoftwareModules to be installed" },
        { "install", """{"softwareModules":null}""", "there are no SoftwareModules to be installed" },
        { "install", """{"softwareModules":[]}""", "there are no SoftwareModules to be installed" },
        { "install", $$"""{"softwareModules":[{{_good}},{{Module("n")}}]}""", "there are no SoftwareArtifacts referenced for SoftwareModule [Name.version] = [n.1]" },
        { "install", """{"softwareModules":[{"softwareModule":{}}]}""", "there are no SoftwareArtifacts referenced for SoftwareModule [Name.version] = [.]" },
        { "install", $$"""{"softwareModules":[{{_good}},null]}""", "softwareModules[1].softwareModule must not be null" },
        { "install", $$"""{"softwareModules":[{"artifacts":[{{Artifact("valid.json")}}]}]}""", "softwareModules[0].softwareModule must not be null" },
        { "install", $$"""{"softwareModules":[{{Module("n", Artifact("valid.json"), "null")}}]}""", "softwareModules[0].artifacts[1] must not be null" },
        { "remove", null, "there is no software to be removed" },
        { "remove", "{}", "there is no software to be removed" },
        { "remove", """{"software":[]}""", "there is no software to be removed" },
        { "remove", $$"""{"software":[{{Entry("x")}},null]}""", "software[1] must not be null" },
    };

    public static TheoryData<string, string> WrongTypes => new()
    {
        { "install", "\"text\"" },
        { "install", "[]" },
        { "install", "7" },
        { "install", """{"softwareModules":{}}""" },
        { "install", """{"softwareModules":["x"]}""" },
        { "install", """{"correlationId":7,"softwareModules":[]}""" },
        { "install", Weighed("1e99") },
        { "install", Weighed("1.5") },
        { "install", Weighed("99999999999999999999") },
        { "install", Weighed("\"7\"") },
        { "install", """{"softwareModules":[{"softwareModule":"m"}]}""" },
        { "install", """{"softwareModules":[{"softwareModule":{"name":"m","version":1}}]}""" },
        { "install", Sized("-1") },
        { "install", Sized("1.0") },
        { "install", Sized("1e3") },
        { "install", Sized("\"1\"") },
        { "install", Sized("99999999999999999999999") },
        { "install", """{"softwareModules":[{"softwareModule":{},"artifacts":[{"download":[]}]}]}""" },
        { "install", """{"softwareModules":[{"softwareModule":{},"artifacts":[{"download":{"HTTP":"http://a/b"}}]}]}""" },
        { "install", """{"softwareModules":[{"softwareModule":{},"artifacts":[{"checksums":{"MD5":7}}]}]}""" },
        { "install", """{"softwareModules":[],"metadata":{"k":7}}""" },
        { "install", """{"softwareModules":[],"forced":"true"}""" },
        { "remove", "\"text\"" },
        { "remove", """{"software":{}}""" },
        { "remove", """{"software":["x"]}""" },
        { "remove", """{"software":[{"name":7}]}""" },
        { "remove", """{"software":[],"forced":1}""" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Operation_NothingToDo_Is400(string operation, string? value, string message) => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();

        var answer = await world.InvokeAsync("SoftwareUpdatable", operation, value);

        Assert.Equal(
            (400, "messages:parameter.invalid", message, $"/features/SoftwareUpdatable/outbox/messages/{operation}"),
            (answer.Status, answer.Error, answer.Message, answer.Envelope.Path));
        Assert.Equal(["400"], world.Story());
    });

    [Theory]
    [MemberData(nameof(WrongTypes))]
    public void Operation_WrongType_Is400AndTheDeviceGoesOn(string operation, string value) => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();

        var answer = await world.InvokeAsync("SoftwareUpdatable", operation, value);
        Assert.Equal((400, "messages:parameter.invalid"), (answer.Status, answer.Error));
        Assert.StartsWith("json: ", answer.Message, StringComparison.Ordinal);
        Assert.Equal(["400"], world.Story());
        world.Forget();
        await world.InstallAsync(_good);

        Assert.Equal(["204", .. Installed], world.Story());
        Assert.DoesNotContain(world.Log, line => line.Contains("unexpected", StringComparison.Ordinal));
    });

    [Theory]
    [InlineData("""{"correlationId":null,"weight":null,"forced":null,"metadata":null,"softwareModules":[{"metadata":null,"softwareModule":{"name":null},"artifacts":[{"filename":null,"size":null,"download":{"HTTP":{"url":"http://files.example/valid.json","md5url":null}},"checksums":{"MD5":null}}]}]}""")]
    [InlineData("""{"WEIGHT":7,"SoftwareModules":[{"softwaremodule":{},"Artifacts":[{"Size":9007199254740993,"Download":{"HTTP":{"URL":"http://files.example/valid.json"}}}]}]}""")]
    [InlineData("""{"unknown":[{}],"softwareModules":[{"softwareModule":{"x":1},"artifacts":[{"y":2,"download":{"GOPHER":{"url":""},"HTTP":{"z":3,"url":"http://files.example/valid.json"}}}]}]}""")]
    public void Install_AsGoReadsIt_IsAccepted(string value) => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();

        await world.InvokeAsync("SoftwareUpdatable", "install", value);

        Assert.Equal(["204", .. Installed], world.Story());
        Assert.All(world.Statuses(), s => Assert.Equal(("", "", ""), (s.CorrelationId, s.SoftwareModule!.Name, s.SoftwareModule.Version)));
    });

    [Theory]
    [InlineData("download")]
    [InlineData("cancel")]
    [InlineData("cancelRemove")]
    [InlineData("Install")]
    [InlineData("nonsense")]
    public void Operation_Unknown_Is404(string operation) => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();

        var answer = await world.SoftwareAsync(operation, _good);

        Assert.Equal(
            (404, "messages:subject.notfound", $"unsupported operation called [operationId = {operation}]"), (answer.Status, answer.Error, answer.Message));
        Assert.Equal(["404"], world.Story());
    });

    private static string Weighed(string weight) => $$"""{"softwareModules":[{{_good}}],"weight":{{weight}}}""";

    private static string Sized(string size) => $$"""{"softwareModules":[{"softwareModule":{},"artifacts":[{"size":{{size}}}]}]}""";
}
