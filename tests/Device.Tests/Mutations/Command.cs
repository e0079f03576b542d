using System.Text;

namespace Leda.Harness.Device.Tests.Mutations;

/// <summary>What is sent: a topic and bytes.</summary>
internal sealed record Command(string Topic, byte[] Payload)
{
    public override string ToString() => $"{Topic} {Encoding.UTF8.GetString(Payload)}";
}
