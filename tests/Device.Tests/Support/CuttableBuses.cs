using Leda.Harness.Protocol.Messaging;

namespace Leda.Harness.Device.Tests.Support;

/// <summary>Buses whose connection the test can cut and give back.</summary>
internal sealed class CuttableBuses(IBusFactory inner) : IBusFactory
{
    private IMessageBus? _last;

    public IMessageBus Create(BusOptions options) => _last = inner.Create(options);

    public Task CutAsync() => _last!.AbortAsync();

    public Task MendAsync() => _last!.ConnectAsync();
}
