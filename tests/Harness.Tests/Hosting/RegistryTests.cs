using Leda.Harness.Hosting;

namespace Leda.Harness.Tests.Hosting;

public sealed class RegistryTests
{
    [Fact]
    public async Task Start_RegistersTheGateway_AndItsChildrenAsTheySpeak()
    {
        await using var harness = await LedaHarness.StartAsync(new HarnessOptions { InMemory = true }, RealTime.Provider);
        var (tenant, gateway) = (HarnessOptions.FoundingIdentity.TenantId, HarnessOptions.FoundingIdentity.DeviceId);
        var child = $"{gateway}:edge:containers";
        var seen = new TaskCompletionSource();
        harness.Cloud.Registry.Observe(_ => Look());
        Look();

        await seen.Task.WaitAsync(TimeSpan.FromSeconds(60));

        Assert.NotNull(harness.Cloud.Registry.Find(tenant, gateway));
        Assert.Equal([gateway], harness.Cloud.Registry.Find(tenant, child)!.Via);

        void Look()
        {
            if (harness.Cloud.Registry.Find(tenant, child) is not null)
                seen.TrySetResult();
        }
    }
}
