using Leda.Harness.Protocol.Updates;

namespace Leda.Harness.Protocol.Tests.Updates;

public sealed class UpdateTopicsTests
{
    [Theory]
    [InlineData("containers", "containersupdate")]
    [InlineData("self-update", "selfupdate")]
    [InlineData("vehicle", "vehicleupdate")]
    [InlineData("-a-b-", "abupdate")]
    [InlineData("update", "update")]
    public void Of_Domain_LosesDashesAndEndsWithUpdateOnce(string domain, string prefix)
    {
        var topics = UpdateTopics.Of(domain);

        Assert.Equal(
            [$"{prefix}/desiredstate", $"{prefix}/desiredstate/command", $"{prefix}/currentstate/get", $"{prefix}/currentstate", $"{prefix}/desiredstatefeedback"],
            [topics.DesiredState, topics.Command, topics.CurrentStateGet, topics.CurrentState, topics.Feedback]);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a/b")]
    [InlineData("a+")]
    [InlineData("#")]
    [InlineData("a:b")]
    public void Of_ImpossibleDomain_Throws(string domain)
    {
        Assert.NotNull(UpdateTopics.Check(domain));
        Assert.Throws<ArgumentException>(() => UpdateTopics.Of(domain));
    }
}
