using System.CommandLine;
using System.Net;
using Leda.Harness.Cli;
using Leda.Harness.Device.Containers;
using Leda.Harness.Hosting;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Tests.Cli;

public sealed class UpOptionsTests
{
    [Fact]
    public void Read_NothingGiven_IsTheFoundingExampleOnPort1883()
    {
        var options = Read();

        Assert.Equal((true, true, 1883, 8080, 42), (options.Device, options.Connector, options.MqttPort, options.Http!.Port, options.Seed));
        Assert.Equal(new GatewayIdentity("dummy-namespace:dummy-gateway:dummy-device-id", "dummy-tenant-id"), options.Identity);
        Assert.Equal((ContainerSupply.Demo, null), (options.Containers, options.DataDirectory));
    }

    [Fact]
    public void Read_EachOption_IsHeard()
    {
        using var data = new TemporaryFolder();
        var options = Read(
            "--no-device", "--no-connector", "--mqtt-port", "0", "--http-port", "0", "--device-id", "acme:gw", "--tenant", "tnt", "--policy-id", "acme:pol",
            "--containers", "none", "--data", data.Path, "--seed", "7");

        Assert.Equal((false, false, 0, 0, 7), (options.Device, options.Connector, options.MqttPort, options.Http!.Port, options.Seed));
        Assert.Equal(new GatewayIdentity("acme:gw", "tnt", "acme:pol"), options.Identity);
        Assert.Equal((ContainerSupply.None, data.Path), (options.Containers, options.DataDirectory));
    }

    [Fact]
    public void Read_SchemasOfTheUser_AreInTheCatalogue()
    {
        using var folder = new TemporaryFolder();
        var index = Path.Combine(folder.Path, "index.json");
        File.WriteAllText(index, """{"schemas":[{"id":"acme.lamp","title":"A lamp","version":"1","source":"us","direction":"to cloud","appliesTo":["topic acme/lamp"]}]}""");

        Assert.NotNull(Read("--schemas", folder.Path).Schemas!.Find("acme.lamp"));
        Assert.Null(Read().Schemas);

        File.WriteAllText(index, "{");
        Assert.StartsWith($"--schemas: {index} at /", Assert.Throws<UsageException>(() => Read("--schemas", folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_HttpForOthers_HasItsUsers()
    {
        var http = Read("--http-address", "0.0.0.0", "--http-user", "ann:se:cret", "--http-user", "bob:b", "--pre-authenticated").Http!;

        Assert.Equal((IPAddress.Any, true), (http.Address, http.PreAuthenticated));
        Assert.Equal([("ann", "se:cret"), ("bob", "b")], http.Users.OrderBy(u => u.Key, StringComparer.Ordinal).Select(u => (u.Key, u.Value)));
    }

    private static HarnessOptions Read(params string[] arguments)
    {
        var options = new UpOptions();
        var command = new RootCommand();
        foreach (var option in options.All)
            command.Options.Add(option);
        return options.Read(command.Parse(arguments), randomSeed: 42);
    }
}
