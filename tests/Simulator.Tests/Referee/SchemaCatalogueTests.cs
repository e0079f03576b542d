using Leda.Harness.Simulator.Referee.Contract;

namespace Leda.Harness.Simulator.Tests.Referee;

public sealed class SchemaCatalogueTests
{
    [Fact]
    public void Schemas_OfTheIndex_AreAllCompiled()
    {
        var catalogue = new SchemaCatalogue();

        var files = catalogue.Entries.SelectMany(entry => new[] { entry.Contract, entry.Wire }).OfType<string>();

        Assert.All(files, file => Assert.Contains(file, catalogue.Schemas.Paths));
        Assert.All(catalogue.Entries, entry => Assert.Equal(entry.Id, catalogue.Get(entry.Id).Id));
    }

    [Theory]
    [InlineData("Container:abc", "/properties/status/state", "container.state")]
    [InlineData("Container:a:b", "", "container")]
    [InlineData("SoftwareUpdatable", "/inbox/messages/download", "software-updatable.install")]
    [InlineData("SoftwareUpdatable:manifest", "/properties/status/lastOperation", "software-updatable.last-operation")]
    [InlineData("ContainerFactory", "/outbox/messages/createWithConfig", "container-factory.created")]
    [InlineData("AutoUploadable", "/properties/lastUpload", "uploadable.last-upload")]
    [InlineData("BackupAndRestore", "/inbox/messages/start", "uploadable.start")]
    [InlineData("UpdateManager", "/properties", "update-manager.properties")]
    [InlineData("UpdateOrchestrator", "/inbox/messages/apply", "update-orchestrator.apply")]
    [InlineData("Container", "", null)]
    [InlineData("Metrics:x", "", null)]
    [InlineData("Container:abc", "/properties/status/state/pid", null)]
    public void ForFeature_ByIdAndPath_FindsTheSchema(string feature, string below, string? expected) =>
        Assert.Equal(expected, Cloud.Catalogue.ForFeature(feature, below)?.Id);

    [Theory]
    [InlineData("containersupdate/desiredstate", "update.mqtt.desired-state")]
    [InlineData("vehicleupdate/desiredstate/command", "update.mqtt.command")]
    [InlineData("selfupdate/desiredstatefeedback", "update.mqtt.feedback")]
    [InlineData("deviceupdate/currentstate/get", "update.mqtt.current-state-get")]
    [InlineData("deviceupdate/currentstate", "update.mqtt.current-state")]
    [InlineData("deviceupdate/ownerconsent", "update.mqtt.owner-consent")]
    [InlineData("deviceupdate/ownerconsentfeedback", "update.mqtt.owner-consent-feedback")]
    [InlineData("edge/thing/response", "edge.thing.response")]
    [InlineData("update/desiredstate", null)]
    [InlineData("containers/desiredstate", null)]
    [InlineData("x/containersupdate/desiredstate", null)]
    [InlineData("containersupdate/desiredstate/command/x", null)]
    [InlineData("containersupdate", null)]
    [InlineData("", null)]
    public void ForTopic_BySegments_FindsTheSchema(string topic, string? expected) => Assert.Equal(expected, Cloud.Catalogue.ForTopic(topic)?.Id);

    [Theory]
    [InlineData("SUManifest", "org.eclipse.hawkbit.swupdatable:SoftwareUpdatable:2.0.0", "software-updatable")]
    [InlineData("anything", "com.bosch.iot.suite.edge.containers:Container:1.4.0", "container")]
    [InlineData("SoftwareUpdatable:bundle", "com.bosch.iot.suite.edge.services:BundleSoftwareUpdatable:1.0.0", "bundle-software-updatable")]
    [InlineData("Metrics", "acme:Unknown:1.0.0", "metrics")]
    [InlineData("anything", "org.eclipse.hawkbit.swupdatable:SoftwareUpdatable:3.0.0", null)]
    [InlineData("anything", "Container:*", null)]
    [InlineData("anything", "", null)]
    public void ForFeature_ByDefinition_FindsTheSchemaWhateverTheId(string feature, string definition, string? expected) =>
        Assert.Equal(expected, Cloud.Catalogue.ForFeature(feature, [definition], "")?.Id);

    [Fact]
    public void ForDefinition_OfAKnownOne_LeadsToThePartsOfItsFamily()
    {
        var family = Cloud.Catalogue.ForDefinition("com.bosch.iot.suite.edge.services:BundleSoftwareUpdatable:1.0.0");

        Assert.Equal("BundleSoftwareUpdatable", family);
        Assert.Equal("software-updatable.last-operation", Cloud.Catalogue.ForFamily(family!, "/properties/status/lastOperation")?.Id);
        Assert.Null(Cloud.Catalogue.ForDefinition("acme:Unknown:1.0.0"));
    }

    [Theory]
    [InlineData("container.state", "container.state")]
    [InlineData("ctr.state", "container.state")]
    [InlineData("su.op.download", "software-updatable.install")]
    [InlineData("ditto.liveMessage", "ditto.live-message")]
    [InlineData("nothing", null)]
    public void Find_ByIdOrAlias_FindsTheEntry(string name, string? expected) => Assert.Equal(expected, Cloud.Catalogue.Find(name)?.Id);

    [Fact]
    public void Entries_ByPlaceAndByName_LeadToOneSchemaEach()
    {
        var places = Cloud.Catalogue.Entries.SelectMany(entry => entry.AppliesTo).ToList();
        var names = Cloud.Catalogue.Entries.SelectMany(entry => (entry.Aliases ?? []).Append(entry.Id)).ToList();
        var families = Cloud.Catalogue.Families.Select(family => family.Name).ToHashSet();

        Assert.Equal(places.Count, places.Distinct().Count());
        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.All(places, place => Assert.Matches("^(topic|envelope|feature) ", place));
        Assert.All(places.Where(place => place.StartsWith("feature ", StringComparison.Ordinal)), place => Assert.Contains(place["feature ".Length..].Split('/')[0], families));
        Assert.All(families, family => Assert.NotNull(Cloud.Catalogue.ForFamily(family, "")));
    }
}
