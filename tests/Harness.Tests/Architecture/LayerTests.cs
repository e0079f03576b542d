using ArchUnitNET.Domain.Dependencies;
using ArchUnitNET.Loader;

namespace Leda.Harness.Tests.Architecture;

/// <summary>Who may know whom (the design's house rules), checked on the compiled assemblies.</summary>
public sealed class LayerTests
{
    private const string Root = "Leda.Harness.";

    private static readonly ArchUnitNET.Domain.Architecture _house = new ArchLoader().LoadAssemblies(
        typeof(Protocol.IdSource).Assembly, typeof(Device.DeviceHost).Assembly,
        typeof(Simulator.Journal.Journal).Assembly, typeof(Leda.Harness.Hosting.LedaHarness).Assembly).Build();

    [Theory]
    [InlineData("Protocol", "Device")]
    [InlineData("Protocol", "Simulator")]
    [InlineData("Device", "Simulator")]
    [InlineData("Simulator", "Device")]
    [InlineData("Protocol", "Hosting")]
    [InlineData("Device", "Hosting")]
    [InlineData("Simulator", "Hosting")]
    [InlineData("Simulator.Rql", "Simulator.Twins")]
    [InlineData("Simulator.Rql", "Simulator.Policies")]
    [InlineData("Simulator.JsonSchema", "Simulator.Referee")]
    public void Layer_KnowsNotTheOther(string layer, string other) => Assert.Empty(
        Dependencies(from => Within(from, Root + layer)).Where(d => Within(d.To, Root + other)).Select(d => $"{d.From} -> {d.To}"));

    [Theory]
    [InlineData("MQTTnet.Server", "Leda.Harness.Simulator.Broker")]
    [InlineData("MQTTnet.AspNetCore", "Leda.Harness.Simulator.Broker")]
    [InlineData("Gherkin", "Leda.Harness.Scenarios")]
    [InlineData("Bogus", "Leda.Harness.Device.Containers")]
    [InlineData("Spectre.Console", "Leda.Harness.Cli")]
    [InlineData("Microsoft.Data.Sqlite", "Leda.Harness.Simulator.Storage")]
    public void Package_IsSeenByOneFolderAlone(string package, string folder)
    {
        var users = Dependencies(from => from.StartsWith(Root)).Where(d => Within(d.To, package)).ToList();

        Assert.NotEmpty(users);
        Assert.Empty(users.Where(d => !Within(d.From, folder)).Select(d => $"{d.From} -> {d.To}"));
    }

    [Theory]
    [InlineData("NJsonSchema")]
    [InlineData("Newtonsoft.Json")]
    public void Package_IsForTestsAlone(string package) => Assert.Empty(
        Dependencies(from => from.StartsWith(Root)).Where(d => Within(d.To, package)).Select(d => $"{d.From} -> {d.To}"));

    [Fact]
    public void MqttClient_IsSeenByTheBusAndTheBrokerAlone() => Assert.Empty(
        Dependencies(from => from.StartsWith(Root))
            .Where(d => Within(d.To, "MQTTnet") && !Within(d.From, "Leda.Harness.Protocol.Messaging") && !Within(d.From, "Leda.Harness.Simulator.Broker"))
            .Select(d => $"{d.From} -> {d.To}"));

    [Theory]
    [InlineData("Grpc", "Leda.Harness.Device.Engines.Containerd", "Leda.Harness.Device.Control")]
    [InlineData("Google.Protobuf", "Leda.Harness.Device.Engines.Containerd", "Leda.Harness.Device.Control")]
    [InlineData("Microsoft.AspNetCore", "Leda.Harness.Device.Control.Server", "Leda.Harness.Simulator.Broker", "Leda.Harness.Simulator.Api", "Leda.Harness.Conformance.Artifacts")]
    public void Package_IsSeenByFewFoldersAlone(string package, params string[] folders)
    {
        var users = Dependencies(from => from.StartsWith(Root)).Where(d => Within(d.To, package)).ToList();

        Assert.NotEmpty(users);
        Assert.Empty(users.Where(d => !folders.Any(f => Within(d.From, f))).Select(d => $"{d.From} -> {d.To}"));
    }

    [Theory]
    [InlineData("Leda.Harness.Device")]
    [InlineData("Leda.Harness.Simulator.Connector")]
    [InlineData("Leda.Harness.Simulator.Twins")]
    [InlineData("Leda.Harness.Simulator.Messages")]
    [InlineData("Leda.Harness.Simulator.Registry")]
    [InlineData("Leda.Harness.Simulator.Journal")]
    [InlineData("Leda.Harness.Protocol.Messaging.InMemory")]
    public void VirtualPart_StaysOnItsContext(string part) => Assert.Empty(
        from type in _house.Types
        where Within(type.FullName, part)
        from call in type.Dependencies.OfType<MethodCallDependency>()
        where call.TargetMember.FullName.Contains("Task::Run(") || call.TargetMember.FullName.Contains("::ConfigureAwait(")
        select $"{call.OriginMember.FullName} -> {call.TargetMember.FullName}");

    private static bool Within(string name, string space) => name == space || name.StartsWith(space + ".");

    private static IEnumerable<(string From, string To)> Dependencies(Func<string, bool> from) => _house.Types
        .Where(type => from(type.FullName))
        .SelectMany(type => type.Dependencies, (type, dependency) => (type.FullName, dependency.Target.FullName))
        .Distinct();
}
