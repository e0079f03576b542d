using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Api.WebSockets;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Signals;

namespace Leda.Harness.Simulator.Tests.Api.WebSockets;

public sealed class SocketOutboxTests
{
    [Fact]
    public void ClientThatIsGone_IsNotCalledSlow()
    {
        var outbox = new SocketOutbox();
        var topic = TopicPath.TwinEvent(ThingId.Parse("ns:t"), "deleted");

        outbox.Complete();

        Assert.True(outbox.Add(new Signal(topic, new Envelope { Topic = topic.ToString(), Path = "/", Headers = DittoHeaders.Empty }, null, null), Enforcer.Nothing));
    }
}
