using System.Text;
using Leda.Harness.Protocol.Updates;

namespace Leda.Harness.Protocol.Tests.Updates;

public sealed class UpdateEnvelopeTests
{
    [Fact]
    public void TryParse_OtherCaseAndUnknownMembers_AreUnderstood()
    {
        Assert.True(UpdateEnvelope.TryParse(
            """{"ACTIVITYID":"a","timeStamp":5,"Payload":{"COMMAND":"UPDATE","baseline":null,"more":[]},"more":1}"""u8,
            UpdatesJson.Default.DesiredStateCommand,
            out var envelope,
            out var command,
            out _));
        Assert.Equal(("a", 5), (envelope.ActivityId, envelope.Timestamp));
        Assert.Equal(new DesiredStateCommand { Command = "UPDATE" }, command);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"payload":null}""")]
    public void TryParse_NoPayload_IsNone(string text)
    {
        Assert.True(UpdateEnvelope.TryParse(Encoding.UTF8.GetBytes(text), UpdatesJson.Default.DesiredState, out _, out var state, out _));
        Assert.Null(state);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("null", "object")]
    [InlineData("""{"activityId":5}""", "$.activityId")]
    [InlineData("""{"payload":{"domains":[{"id":7}]}}""", "$.domains[0].id")]
    public void TryParse_Wrong_SaysWhere(string text, string problem)
    {
        Assert.False(UpdateEnvelope.TryParse(Encoding.UTF8.GetBytes(text), UpdatesJson.Default.DesiredState, out _, out _, out var seen));
        Assert.Contains(problem, seen, StringComparison.Ordinal);
    }

    [Fact]
    public void ToUtf8_EmptyMembers_AreLeftOutButThoseOfTheEnvelope() => Assert.Equal(
        """{"activityId":"","timestamp":0,"payload":{"status":"COMPLETED"}}""",
        Encoding.UTF8.GetString(UpdateEnvelope.ToUtf8(
            "", DateTimeOffset.UnixEpoch, new DesiredStateFeedback { Status = UpdateStatus.Completed }, UpdatesJson.Default.DesiredStateFeedback)));
}
