namespace Leda.Harness.Protocol.Messaging.Mqtt;

/// <summary>Where a broker listens.</summary>
internal readonly record struct BrokerAddress(string Host, int Port)
{
    public override string ToString() => $"mqtt://{Host}:{Port}";
}
