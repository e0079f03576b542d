using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Hono;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Simulator.Messages;
using Reqnroll;

namespace Leda.Harness.Scenarios.Steps;

/// <summary>The cloud sends commands, and the device carries them out or refuses.</summary>
[Binding]
internal sealed class CommandSteps(World world)
{
    private string? _newContainer;
    private MessageResult[] _answers = [];

    [Given("the container {string} from {string} is created")]
    public Task GivenTheContainerIsCreated(string name, string image) => world.CreateAsync(Container(image, name));

    [Given("the container {string} from {string} is running")]
    public Task GivenTheContainerIsRunning(string name, string image) => world.CreateAsync(Container(image, name) with { Start = true });

    [When("the cloud sends {string} to the factory")]
    public Task WhenTheCloudSendsToTheFactory(string operation, string value) =>
        world.CommandAsync(ContainerFactory.FeatureId, operation, World.Json(value));

    [When("the cloud sends {string} to the factory and waits {int} milliseconds")]
    public Task WhenTheCloudSendsToTheFactoryAndWaits(string operation, int milliseconds, string value) =>
        world.CommandAsync(ContainerFactory.FeatureId, operation, World.Json(value), TimeSpan.FromMilliseconds(milliseconds));

    [Given("the cloud sends {string} to the container {string}")]
    [When("the cloud sends {string} to the container {string}")]
    public Task WhenTheCloudSendsToTheContainer(string operation, string name) => world.CommandAsync(world.FeatureOf(name), operation);

    [Given("""^the cloud sends "([^"]*)" to the container "([^"]*)" with (.+)$""")]
    [When("""^the cloud sends "([^"]*)" to the container "([^"]*)" with (.+)$""")]
    public Task WhenTheCloudSendsToTheContainerWith(string operation, string name, string value) =>
        world.CommandAsync(world.FeatureOf(name), operation, World.Json(value));

    [When("the cloud sends {string} to the feature {string}")]
    public Task WhenTheCloudSendsToTheFeature(string operation, string feature) => world.CommandAsync(feature, operation);

    [When("the cloud sends {string} to the container {string} and wants no answer")]
    public async Task WhenTheCloudWantsNoAnswer(string operation, string name) =>
        world.Answer = await world.Messages.NotifyAsync(new LiveMessage(world.Thing, world.FeatureOf(name), operation));

    [When("someone sends the command {string} to the container {string} with the headers")]
    public Task WhenSomeoneSendsWithHeaders(string operation, string name, string headers) =>
        PublishCommandAsync(world.FeatureOf(name), operation, null, headers);

    [When("^someone sends the command \"([^\"]*)\" to the container \"([^\"]*)\" with the value (.+) and the headers$")]
    public Task WhenSomeoneSendsWithValueAndHeaders(string operation, string name, string value, string headers) =>
        PublishCommandAsync(world.FeatureOf(name), operation, World.Json(value), headers);

    [Given("someone sends the command {string} to the factory of the device")]
    public async Task GivenSomeoneSendsToTheFactory(string operation, string value)
    {
        await PublishCommandAsync(
            ContainerFactory.FeatureId, operation, World.Json(value),
            """{"response-required":true,"correlation-id":"by-hand","content-type":"application/json"}""");
        await world.ExpectAsync("the device to answer", e => e.IsFromDevice() && e.IsPublishOn("command//+/res/#"));
    }

    [When("the cloud creates {int} containers at once from {string}")]
    public async Task WhenTheCloudCreatesAtOnce(int count, string image) =>
        _answers = await Task.WhenAll(Enumerable.Range(0, count).Select(_ =>
            world.RequestAsync(world.Creation(new CreateArguments { ImageRef = image }))));

    [Then("the answer is {int}")]
    public async Task ThenTheAnswerIs(int status)
    {
        await world.Harness.Journal.SettleAsync(); // so that it can be told why there is none
        Check.Equal(status, Response.Status, "the answer's status");
    }

    [Then("the answer is {int} {string}")]
    public async Task ThenTheAnswerIsWithError(int status, string error)
    {
        await ThenTheAnswerIs(status);
        Check.Equal(error, Traffic.Text(Response.Value, "error"), "the answer's error");
    }

    [Then("the answer is {int} with the id of a new container")]
    public async Task ThenTheAnswerIsANewContainer(int status)
    {
        await ThenTheAnswerIs(status);
        _newContainer = Response.Value?.GetString();
        Check.Equal(true, Guid.TryParseExact(_newContainer, "D", out _), "the answer's value to be a container id");
    }

    [Then("the answer's path still names the inbox")]
    public void ThenTheAnswerNamesTheInbox() =>
        Check.Equal(MessageDirection.Inbox, MessagePath.Parse(Response.Path).Direction, "the direction in the answer's path");

    [Then("all {int} answers are {int}, in the order of the commands")]
    public async Task ThenAllAnswersInOrder(int count, int status)
    {
        Check.Equal(count, _answers.Count(a => a.Response?.Status == status), $"the number of answers with status {status}");
        await world.Harness.Journal.SettleAsync();
        var journal = world.Harness.Journal.Snapshot(world.Mark);
        var asked = RequestIds(journal.Where(e => e.IsPublishOn("command//+/req/+/create")).Select(e => e.Topic));
        var answered = RequestIds(journal.Where(e => e.IsPublishOn("command//+/res/#")).Select(e => e.Topic));
        Check.Equal(string.Join(" ", asked), string.Join(" ", answered), "the order of the answers");
    }

    [Then("nobody answers")]
    public void ThenNobodyAnswers() => Check.Equal(MessageOutcome.TimedOut, world.Answer!.Outcome, "the outcome");

    [Then("the command does not go out")]
    public void ThenTheCommandDoesNotGoOut() => Check.Equal(MessageOutcome.Offline, world.Answer!.Outcome, "the outcome");

    [Then("the cloud can still create a container from {string}")]
    public async Task ThenTheCloudCanStillCreate(string image)
    {
        var result = await world.RequestAsync(world.Creation(new CreateArguments { ImageRef = image }));
        Check.Equal(200, result.Response?.Status, "the status of a good command");
    }

    [Then("the new container is reported as {word}")]
    public Task ThenTheNewContainerIsReportedAs(string state) => world.ExpectAsync(
        $"the whole new container as {state}",
        e => e.RegisteredFeature() == ContainerFeature.Id(_newContainer!) && e.StateOf(_newContainer!) == state);

    [Then("after that its state is reported as {word}( once more)")]
    public Task ThenItsStateIsReportedAs(string state) => world.ExpectAsync(
        $"the new container's state as {state}",
        e => e.RegisteredFeature() is null && e.StateOf(_newContainer!) == state);

    [Then("(after that )the container {string} becomes {word}")]
    public async Task ThenTheContainerBecomes(string name, string state)
    {
        var id = await world.AwaitContainerAsync(name);
        await world.ExpectAsync($"the container {name} to become {state}", e => e.StateOf(id) == state);
    }

    [Then("(after that )the feature of the container {string} is deleted")]
    public Task ThenTheFeatureIsDeleted(string name)
    {
        var path = $"/features/{world.FeatureOf(name)}";
        return world.ExpectAsync($"the feature of the container {name} to be deleted", e => e.TwinCommand("delete")?.Path == path);
    }

    [Then("the twin shows the new name {string}")]
    public Task ThenTheTwinShowsTheNewName(string name) => world.ExpectAsync(
        $"a change of the name to {name}",
        e => e.Envelope() is { } change && change.Topic.EndsWith("/twin/events/modified", StringComparison.Ordinal)
            && change.Path.EndsWith("/properties/status/name", StringComparison.Ordinal) && Traffic.Text(change.Value) == name);

    private Envelope Response => world.Answer switch
    {
        null => throw new ExpectationException("an answer, but the cloud of this scenario has sent no command; what someone else sends on the bus is not answered to it", null),
        { Response: { } response } => response,
        var result => throw world.Unanswered(result),
    };

    private static IEnumerable<string> RequestIds(IEnumerable<string> topics) => topics.Select(t => DeviceTopic.Parse(t).RequestId);

    private static CreateArguments Container(string image, string name) => new() { ImageRef = image, Name = name, Config = new ContainerConfig() };

    private async Task PublishCommandAsync(string feature, string operation, JsonElement? value, string headers)
    {
        var someone = await world.SomeoneAsync();
        var envelope = new LiveMessage(world.Thing, feature, operation, value).ToEnvelope("", true, null) with
        {
            Headers = DittoHeaders.From(World.Json(headers)),
        };
        var topic = DeviceTopic.Command(world.Thing.ToString(), "by-hand", operation);
        await someone.PublishAsync(new BusMessage(topic.ToString(), envelope.ToUtf8()));
    }
}
