using System.Text;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Protocol.Tests.Kanto;

public sealed class ConnectionStatusTests
{
    private static readonly DateTimeOffset _at = DateTimeOffset.FromUnixTimeSeconds(1732357200);

    [Fact]
    public void ToUtf8_EachStatus_ReadsAsTheSuiteConnectorWritesIt()
    {
        Assert.Equal("""{"connected":true,"timestamp":1732357200}""", Text(ConnectionStatus.Up(_at)));
        Assert.Equal(
            """{"connected":false,"timestamp":1732357200,"cause":"CONNECTION_ERROR"}""", Text(ConnectionStatus.Down(ConnectionStatus.Error, _at)));
        Assert.Equal("""{"connected":false,"cause":"CONNECTION_UNKNOWN"}""", Text(ConnectionStatus.Down(ConnectionStatus.Unknown)));
    }

    private static string Text(ConnectionStatus status) => Encoding.UTF8.GetString(status.ToUtf8());
}
