namespace Leda.Harness.Protocol.Tests;

public sealed class IdSourceTests
{
    [Fact]
    public void NewUuid_SameSeed_SameSequenceOfVersion4Uuids()
    {
        var first = new IdSource(7);
        var second = new IdSource(7);

        for (var i = 0; i < 100; i++)
        {
            var id = first.NewUuid();
            Assert.Equal(id, second.NewUuid());
            Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", id);
        }
    }

    [Fact]
    public void Fork_Twice_GivesDifferentSequences()
    {
        var source = new IdSource(7);

        Assert.NotEqual(source.Fork().NewUuid(), source.Fork().NewUuid());
    }
}
