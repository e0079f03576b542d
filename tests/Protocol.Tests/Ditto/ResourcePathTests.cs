using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Protocol.Tests.Ditto;

public sealed class ResourcePathTests
{
    [Theory]
    [InlineData("/", ResourceKind.Thing, null, "/")]
    [InlineData("/policyId", ResourceKind.PolicyId, null, "/")]
    [InlineData("/definition", ResourceKind.Definition, null, "/")]
    [InlineData("/attributes", ResourceKind.Attributes, null, "/")]
    [InlineData("/attributes/a/b", ResourceKind.Attributes, null, "/a/b")]
    [InlineData("/features", ResourceKind.Features, null, "/")]
    [InlineData("/features/Container:1", ResourceKind.Feature, "Container:1", "/")]
    [InlineData("/features/x/definition", ResourceKind.Feature, "x", "/definition")]
    [InlineData("/features/x/properties/status/state", ResourceKind.Feature, "x", "/properties/status/state")]
    [InlineData("/features/x/desiredProperties/a~1b", ResourceKind.Feature, "x", "/desiredProperties/a~1b")]
    [InlineData("/features/a~1b~0c/properties/d", ResourceKind.Feature, "a/b~c", "/properties/d")]
    public void Parse_Path_ComesBack(string text, ResourceKind kind, string? feature, string pointer)
    {
        var path = ResourcePath.Parse(text);

        Assert.Equal(kind, path.Kind);
        Assert.Equal(feature, path.FeatureId);
        Assert.Equal(pointer, path.Pointer.ToString());
        Assert.Equal(text, path.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("features/x")]
    [InlineData("/features//properties")]
    [InlineData("/features/x/colour")]
    [InlineData("/features/x/inbox/messages/a")]
    [InlineData("/elsewhere")]
    public void TryParse_NoPartOfAThing_IsRefusedWithAReason(string text)
    {
        Assert.False(ResourcePath.TryParse(text, out _, out var problem));
        Assert.NotEmpty(problem);
    }
}
