using Leda.Harness.Simulator.Referee;

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
    [InlineData("Container", "", null)]
    [InlineData("Metrics:x", "", null)]
    [InlineData("Container:abc", "/properties/status/state/pid", null)]
    public void ForFeature_ByIdAndPath_FindsTheSchema(string feature, string below, string? expected) =>
        Assert.Equal(expected, Cloud.Catalogue.ForFeature(feature, below)?.Id);

    [Fact]
    public void Entries_ByPlace_LeadToOneSchemaEach()
    {
        var places = Cloud.Catalogue.Entries.SelectMany(entry => entry.AppliesTo).ToList();

        Assert.Equal(places.Count, places.Distinct().Count());
        Assert.All(places, place => Assert.Matches("^(topic|envelope|path) ", place));
    }
}
