using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Protocol.Tests.Ditto;

public sealed class MessagePathTests
{
    [Theory]
    [InlineData("/features/ContainerFactory/inbox/messages/create", "ContainerFactory", MessageDirection.Inbox, "create")]
    [InlineData("/features/Container:1/outbox/messages/start", "Container:1", MessageDirection.Outbox, "start")]
    [InlineData("/inbox/messages/claim", null, MessageDirection.Inbox, "claim")]
    [InlineData("/outbox/messages/a/b", null, MessageDirection.Outbox, "a/b")]
    public void Parse_Path_ComesBack(string text, string? feature, MessageDirection direction, string subject)
    {
        var path = MessagePath.Parse(text);

        Assert.Equal(new MessagePath(feature, direction, subject), path);
        Assert.Equal(text, path.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/features/x")]
    [InlineData("/features//inbox/messages/a")]
    [InlineData("/features/x/properties/y")]
    [InlineData("/features/x/inbox/messages/")]
    [InlineData("/features/x/midbox/messages/a")]
    [InlineData("inbox/messages/a")]
    public void TryParse_NoMessagePath_IsRefusedWithAReason(string text)
    {
        Assert.False(MessagePath.TryParse(text, out _, out var problem));
        Assert.NotEmpty(problem);
    }
}
