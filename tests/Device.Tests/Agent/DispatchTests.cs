using Leda.Harness.Device.Tests.Support;

namespace Leda.Harness.Device.Tests.Agent;

/// <summary>The table of section 2.5 of the reference, row by row.</summary>
public sealed class DispatchTests
{
    private const string TwoWay = """{"correlation-id":"c","response-required":true}""";
    private const string TwoWayJson = """{"correlation-id":"c","response-required":true,"content-type":"application/json"}""";
    private const string Factory = "/features/ContainerFactory/inbox/messages/create";
    private const string Metrics = "/features/Metrics/inbox/messages/request";
    private const string Topic = "dummy-namespace/dummy-gateway:dummy-device-id:edge:containers/things/live/messages/x";

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[1]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"topic":"a/b/c","headers":{"response-required":true}}""")]
    [InlineData("""{"topic":"","path":"/x","headers":{"response-required":true}}""")]
    [InlineData("""{"topic":7,"path":"/x"}""")]
    [InlineData("""{"topic":"a/b","path":"/x","headers":{"response-required":true,"correlation-id":"c"}}""")]
    [InlineData("""{"topic":"a/b/c","path":"/x","headers":"none"}""")]
    [InlineData("""{"topic":"a/b/c","topic":"d/e/f","path":"/x"}""")]
    public void Rows1To3_NoEnvelope_IsRefusedAsUnknown(string payload) => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();

        await world.SendAsync($"command//{World.Thing}/req/r1/any", payload);

        var answer = world.LastAnswer;
        Assert.Equal($"command//{World.Thing}/res/r1/400", answer.Topic.ToString());
        Assert.Equal(
            ("unknown/unknown/things/twin/errors", "/", 400, "messages:parameter.invalid", null),
            (answer.Envelope.Topic, answer.Envelope.Path, answer.Envelope.Status, answer.Error, answer.Envelope.Headers.CorrelationId));
    });

    [Theory]
    [InlineData("r1", """{"topic":"a/b","path":"/x","headers":{"response-required":false}}""")]
    [InlineData("r1", """{"topic":"a/b","path":"/x","headers":{"response-required":"true"}}""")]
    [InlineData("", "not json")]
    public void Rows1To3_NoEnvelopeOneWay_IsSilent(string requestId, string payload) => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();

        await world.SendAsync($"command//{World.Thing}/req/{requestId}/any", payload);

        Assert.Empty(world.Seen);
        Assert.Contains(world.Log, line => line.Contains("one-way command", StringComparison.Ordinal));
    });

    [Theory]
    // 4
    [InlineData("""{"response-required":true}""", Metrics, null, Topic, 400, "messages:parameter.invalid", "correlation-id")]
    [InlineData("""{"correlation-id":"","response-required":true}""", Metrics, null, Topic, 400, "messages:parameter.invalid", "correlation-id")]
    [InlineData("""{"correlation-id":7,"response-required":true}""", Metrics, null, Topic, 400, "messages:parameter.invalid", "correlation-id")]
    // 5
    [InlineData(TwoWay, Factory, "{}", Topic, 400, "messages:parameter.invalid", "missing content type header")]
    [InlineData("""{"correlation-id":"c","response-required":true,"content-type":"application/json; charset=utf-8"}""", Factory, "{}", Topic, 400, "messages:parameter.invalid", "unsupported content type")]
    [InlineData("""{"correlation-id":"c","response-required":true,"content-type":5}""", Factory, "{}", Topic, 400, "messages:parameter.invalid", "unsupported content type")]
    [InlineData(TwoWayJson, Factory, null, Topic, 400, "messages:parameter.invalid", "unexpected content type")]
    [InlineData(TwoWayJson, Factory, "null", Topic, 400, "messages:parameter.invalid", "unexpected content type")]
    // 6
    [InlineData(TwoWay, Metrics, null, "other/dummy-gateway:dummy-device-id:edge:containers/things", 404, "messages:subject.notfound", "not found")]
    [InlineData(TwoWay, Metrics, null, "dummy-namespace/dummy-gateway:dummy-device-id/things/live/messages/x", 404, "messages:subject.notfound", "not found")]
    // 7
    [InlineData(TwoWay, "/features/Container:none/inbox/messages/start", null, Topic, 400, "messages:parameter.invalid", "feature [Container:none] not found ")]
    [InlineData(TwoWay, "/features/Nothing/inbox/messages/start", null, Topic, 400, "messages:parameter.invalid", "feature [Nothing] not found ")]
    // 8
    [InlineData(TwoWay, "/", null, Topic, 400, "messages:parameter.invalid", "path")]
    [InlineData(TwoWay, "/features/Metrics", null, Topic, 400, "messages:parameter.invalid", "path")]
    [InlineData(TwoWay, "/features/Metrics/outbox/messages/request", null, Topic, 400, "messages:parameter.invalid", "path")]
    [InlineData(TwoWay, "no path", null, Topic, 400, "messages:parameter.invalid", "path")]
    // 9
    [InlineData(TwoWay, "/inbox/messages/reboot", null, Topic, 404, "messages:subject.notfound", "reboot")]
    public void Rows4To9_FirstViolatedCheck_IsAnsweredOnTheInboxPath(
        string headers, string path, string? value, string topic, int status, string error, string text) => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();

        await world.CommandAsync(headers, path, value, topic: topic);

        var answer = Assert.Single(world.Published.Select(Answer.Of));
        Assert.Equal((status, (int?)status, error, path, topic), (answer.Status, answer.Envelope.Status, answer.Error, answer.Envelope.Path, answer.Envelope.Topic));
        Assert.Contains(text, answer.Message, StringComparison.Ordinal);
        Assert.Equal("application/json", answer.Envelope.Headers.ContentType);
        Assert.Equal(headers.Contains("\"c\"", StringComparison.Ordinal) ? "c" : null, answer.Envelope.Headers.CorrelationId);
    });

    [Fact]
    public void Row5_MissingContentType_SaysSoInTheOriginalsWords() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();

        await world.CommandAsync(TwoWay, Factory, "{}");

        Assert.Equal($"invalid Ditto message received for device id [{World.Thing}]: missing content type header", world.LastAnswer.Message);
    });

    [Theory]
    [InlineData("ContainerFactory", "destroy", "unsupported operation destroy")]
    [InlineData("Metrics", "invalidRequest", "unsupported operation invalidRequest")]
    [InlineData("SoftwareUpdatable", "cancel", "unsupported operation called [operationId = cancel]")]
    public void Row11_UnknownOperation_IsNotFoundOnTheOutboxPath(string feature, string operation, string message) => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();

        var answer = await world.InvokeAsync(feature, operation);

        Assert.Equal(
            (404, "messages:subject.notfound", message, $"/features/{feature}/outbox/messages/{operation}"),
            (answer.Status, answer.Error, answer.Message, answer.Envelope.Path));
    });

    [Fact]
    public void Row11_Result_Is200WithContentTypeAndNoResultIs204Without() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();

        var created = await world.InvokeAsync("ContainerFactory", "create", """{"imageRef":"a/b:1"}""");
        var id = created.Envelope.Value!.Value.GetString();
        var started = await world.InvokeAsync($"Container:{id}", "start");

        Assert.Equal((200, "application/json", "/features/ContainerFactory/outbox/messages/create"), (created.Status, created.Envelope.Headers.ContentType, created.Envelope.Path));
        Assert.Equal((204, null, null), (started.Status, started.Envelope.Headers.ContentType, started.Envelope.Value));
        Assert.Equal($"command//{World.Thing}/res/r1/204", started.Topic.ToString());
    });

    [Fact]
    public void Row11_FailedOperation_Is500WithTheTextOfTheOriginal() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();
        var id = await world.CreateAsync(start: true);

        var start = await world.InvokeAsync($"Container:{id}", "start");
        var remove = await world.InvokeAsync($"Container:{id}", "remove", "false");
        var rename = await world.InvokeAsync($"Container:{id}", "rename", "\"-bad name!\"");

        Assert.Equal((500, "messages:execution.failed", $"the container with id = {id} is already running"), (start.Status, start.Error, start.Message));
        Assert.Equal((500, $"container with id = {id} is not stopped - must set the force flag to true to remove it"), (remove.Status, remove.Message));
        Assert.Equal((500, "invalid container name format : -bad name!"), (rename.Status, rename.Message));
    });

    [Theory]
    [InlineData("""{"correlation-id":"c"}""", "r1")]
    [InlineData("""{"correlation-id":"c","response-required":false}""", "r1")]
    [InlineData("""{"correlation-id":"c","response-required":"true"}""", "r1")]
    [InlineData("""{"correlation-id":"c","response-required":true}""", "")]
    public void OneWay_Operation_IsCarriedOutAndNotAnswered(string headers, string requestId) => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();
        var id = await world.CreateAsync();
        world.Forget();

        await world.CommandAsync(headers, $"/features/Container:{id}/inbox/messages/start", requestId: requestId);

        Assert.Equal([$"Container:{id} RUNNING"], world.Told);
        Assert.Single(world.Seen);
    });

    [Theory]
    [InlineData("command//" + World.Thing + "/req/r1")]
    [InlineData("command//" + World.Thing + "/req/r1/start/more")]
    [InlineData("command//" + World.Thing + "/req//errors-response")]
    public void Topic_OfNoOperation_IsIgnoredAndLogged(string topic) => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();
        world.Log.Clear();

        await world.SendAsync(topic, "{}");

        Assert.Empty(world.Seen);
        Assert.Single(world.Log);
    });

    [Fact]
    public void Commands_OneIsSlow_LaterOnesWaitAndOtherContainersAreStillTold() => World.Run(async world =>
    {
        var engine = new ScriptedEngine { Obeys = [] };
        await using var device = await world.StartRegisteredAsync(new DeviceOptions { Engine = engine });
        var slow = await world.CreateAsync(start: true);
        var other = await world.CreateAsync(start: true);
        world.Forget();

        await world.CommandAsync(TwoWay, $"/features/Container:{slow}/inbox/messages/stop", requestId: "slow");
        await world.CommandAsync(TwoWay, $"/features/Container:{other}/inbox/messages/start", requestId: "later");
        Assert.Empty(world.Seen);

        engine.Processes[1].Exit(1);
        await world.SettleAsync();
        Assert.Equal([$"Container:{other} EXITED"], world.Told);

        engine.Processes[0].Exit(0);
        await world.SettleAsync();
        Assert.Equal(["slow", "later"], world.Published.Select(o => Answer.Of(o).Topic.RequestId).Where(r => r is { Length: > 0 }));
        engine.Relent();
    });

    [Fact]
    public void TwinDeleted_ThenCreated_OperationsAre404UntilAllIsRegisteredAgain() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();
        var id = await world.CreateAsync();

        await TwinEventAsync(world, "deleted", "/");
        Assert.Equal(404, (await world.InvokeAsync($"Container:{id}", "start")).Status);
        world.Forget();

        await TwinEventAsync(world, "created", "/");
        Assert.Equal(["Container:" + id, "ContainerFactory", "Metrics", "SoftwareUpdatable"], world.Told.Order(StringComparer.Ordinal));
        Assert.Equal(204, (await world.InvokeAsync($"Container:{id}", "start")).Status);
    });

    [Theory]
    [InlineData("created", "/")]
    [InlineData("modified", "/")]
    [InlineData("deleted", "/features/Metrics")]
    [InlineData("modified", "/features/Metrics")]
    [InlineData("created", "/features")]
    [InlineData("deleted", "/attributes/x")]
    public void TwinEvent_Other_ChangesNothing(string action, string path) => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();

        await TwinEventAsync(world, action, path);

        Assert.Empty(world.Seen);
        Assert.Equal("unsupported operation x", (await world.InvokeAsync("Metrics", "x")).Message);
    });

    private static Task TwinEventAsync(World world, string action, string path) => world.SendAsync(
        $"command//{World.Thing}/req//{action}",
        $$"""{"topic":"dummy-namespace/dummy-gateway:dummy-device-id:edge:containers/things/twin/events/{{action}}","headers":{},"path":"{{path}}"}""");
}
