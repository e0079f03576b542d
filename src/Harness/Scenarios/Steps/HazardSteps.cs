using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Hono;
using Leda.Harness.Protocol.Messaging;
using Reqnroll;

namespace Leda.Harness.Scenarios.Steps;

/// <summary>What kills or cripples other devices.</summary>
[Binding]
internal sealed class HazardSteps(World world)
{
    [Given("""^the cloud tells the device that "([^"]*)" was (created|modified|deleted)$""")]
    [When("""^the cloud tells the device that "([^"]*)" was (created|modified|deleted)$""")]
    public Task WhenTheCloudTells(string path, string what)
    {
        var signal = new Envelope
        {
            Topic = TopicPath.TwinEvent(world.Thing, what).ToString(),
            Headers = DittoHeaders.Of("twin-event", responseRequired: false, contentType: DittoHeaders.JsonContentType),
            Path = path,
            Value = what == "deleted" ? null : World.Json("{}"),
            Revision = 7,
        };
        return PublishAsync("", what, signal.ToUtf8());
    }

    [When("someone sends the device the command {string} that reads")]
    public Task WhenSomeoneSendsThatReads(string operation, string payload) =>
        PublishAsync("by-hand", operation, new BusMessage("", Encoded(payload)).Payload);

    [When("someone sends the software the command {string} with the value")]
    public Task WhenSomeoneSendsTheSoftware(string operation, string value)
    {
        JsonElement argument = World.Json(value);
        var request = new Simulator.Messages.LiveMessage(world.Thing, "SoftwareUpdatable", operation, argument).ToEnvelope("by-hand", true, null);
        return PublishAsync("by-hand", operation, request.ToUtf8());
    }

    [Then("the answer says {string}")]
    public void ThenTheAnswerSays(string text)
    {
        var message = Traffic.Text(world.Answer?.Response?.Value, "message") ?? "nothing";
        Check.Equal(true, message.Contains(text, StringComparison.Ordinal), $"the answer \"{message}\" to say \"{text}\"");
    }

    private static byte[] Encoded(string payload) => System.Text.Encoding.UTF8.GetBytes(payload);

    private async Task PublishAsync(string requestId, string subject, ReadOnlyMemory<byte> payload)
    {
        var someone = await world.SomeoneAsync();
        await someone.PublishAsync(new BusMessage(DeviceTopic.Command(world.Thing.ToString(), requestId, subject).ToString(), payload));
    }
}
