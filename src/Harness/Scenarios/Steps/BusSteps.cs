using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Simulator.Journal;
using Leda.Harness.Simulator.Referee;
using Reqnroll;

namespace Leda.Harness.Scenarios.Steps;

/// <summary>Anybody on the local bus, and what the referee says of it.</summary>
[Binding]
internal sealed class BusSteps(World world)
{
    private IMessageBus? _listener;

    [When("someone publishes on {string}")]
    public Task WhenSomeonePublishesOn(string topic, string payload) => PublishAsync(topic, payload);

    [When("someone publishes {int} bytes on {string}")]
    public Task WhenSomeonePublishesBytesOn(int count, string topic) => PublishAsync(topic, new string('x', count));

    [When("someone publishes JSON nested {int} times on {string}")]
    public Task WhenSomeonePublishesNestedOn(int depth, string topic) =>
        PublishAsync(topic, new string('[', depth) + new string(']', depth));

    [When("someone subscribes to {string}")]
    public async Task WhenSomeoneSubscribesTo(string filter)
    {
        _listener = await world.SomeoneAsync();
        await _listener.SubscribeAsync(filter);
    }

    [Then("^they receive the retained status (.+)$")]
    public async Task ThenTheyReceiveTheRetainedStatus(string text)
    {
        var message = await world.ReceiveAsync(_listener!);
        Check.Equal(true, message.Retain, "the message to be retained");
        Check.Equal(true, message.Text.Contains(text, StringComparison.Ordinal), $"{message.Text} to tell {text}");
    }

    [Then("the referee finds a fault in it")]
    public async Task ThenTheRefereeFindsAFault()
    {
        var entry = await PublishedAsync();
        if (entry.Judgement.Verdict is not (Verdict.Warning or Verdict.Error))
            throw new ExpectationException("the verdict WARNING or ERROR", [entry]);
    }

    [Then("the referee explains it with {string}")]
    public async Task ThenTheRefereeExplainsItWith(string word)
    {
        var entry = await PublishedAsync();
        if (!entry.Judgement.Findings.Any(f => f.ToString().Contains(word, StringComparison.Ordinal)))
            throw new ExpectationException($"a finding that speaks of {word}", [entry]);
    }

    private async Task PublishAsync(string topic, string payload)
    {
        var someone = await world.SomeoneAsync();
        await someone.PublishAsync(BusMessage.Of(topic, payload));
    }

    private Task<JournalEntry> PublishedAsync() =>
        world.ExpectAsync("the message in the journal", e => e is { Kind: JournalKind.Publish, Who: "someone" });
}
