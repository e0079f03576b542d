using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Tests.Policies;

/// <summary>What is left of a thing for who may read only some of it.</summary>
public sealed class EnforcerViewTests
{
    private const string Thing = """{"thingId":"ns:t","policyId":"ns:p","attributes":{"a":{"x":1,"y":[1,2]},"b":null,"e":{}},"features":{"f":{"properties":{"on":true}},"g":{"properties":{}}}}""";

    [Theory]
    [InlineData("thing:/attributes/a +R", """{"thingId":"ns:t","attributes":{"a":{"x":1,"y":[1,2]}}}""")]
    [InlineData("thing:/attributes/a/y +R", """{"thingId":"ns:t","attributes":{"a":{"y":[1,2]}}}""")]
    [InlineData("thing:/attributes/b +R, thing:/attributes/e +R", """{"thingId":"ns:t","attributes":{"b":null,"e":{}}}""")]
    [InlineData("thing:/nothing +R", """{"thingId":"ns:t"}""")]
    [InlineData("thing:/attributes/a/x/deeper +R", """{"thingId":"ns:t"}""")]
    [InlineData("thing:/ +R, thing:/attributes -R, thing:/features/f -R", """{"thingId":"ns:t","policyId":"ns:p","features":{"g":{"properties":{}}}}""")]
    [InlineData("thing:/ +R, thing:/attributes -R, thing:/attributes/a/x +R, thing:/features -R", """{"thingId":"ns:t","policyId":"ns:p","attributes":{"a":{"x":1}}}""")]
    [InlineData("thing:/ -R", """{"thingId":"ns:t"}""")]
    public void E08_View_HasTheIdAndTheReadablePartsOnly(string resources, string expected) =>
        Assert.Equal(expected, PolicyWorld.Enforcer(resources).View(PolicyWorld.Of(Thing)).GetRawText());

    [Fact]
    public void View_SelectedSpecialFields_Stay()
    {
        var view = PolicyWorld.Enforcer("thing:/attributes/a +R").View(PolicyWorld.Of(
            """{"_namespace":"ns","_revision":3,"_created":"c","_modified":"m","_policy":{},"_metadata":{}}"""));

        Assert.Equal("""{"_namespace":"ns","_revision":3,"_created":"c","_modified":"m"}""", view.GetRawText());
    }

    [Fact]
    public void View_NamesShownInAnyCase_AreSoAtTheTopOnly()
    {
        var enforcer = PolicyWorld.Enforcer("thing:/attributes/a +R");

        Assert.Equal("{}", enforcer.View(PolicyWorld.Of("""{"attributes":{"thingId":1,"_revision":2}}""")).GetRawText());
    }

    [Fact]
    public void View_EverythingReadable_IsTheSameValue()
    {
        var thing = PolicyWorld.Of(Thing);

        Assert.True(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(PolicyWorld.Enforcer("thing:/ +R").View(thing))
            == System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(thing));
    }

    [Theory]
    [InlineData("/attributes", """{"a":{"x":1,"y":2},"b":3}""", """{"a":{"x":1}}""")]
    [InlineData("/attributes", """{"b":3}""", "{}")]
    [InlineData("/attributes/a/x", "1", "1")]
    [InlineData("/attributes/a/y", "2", null)]
    [InlineData("/attributes/a", "7", null)]
    [InlineData("/features", "{}", null)]
    public void TryView_OfAPart_IsCutOrNotFound(string path, string value, string? expected)
    {
        var may = PolicyWorld.Enforcer("thing:/attributes/a/x +R").TryView(ResourcePath.Parse(path), PolicyWorld.Of(value), out var view);

        Assert.Equal(expected, may ? view.GetRawText() : null);
    }

    [Theory]
    [InlineData("/attributes/public", "1", "1")]
    [InlineData("/attributes/private", "1", null)]
    [InlineData("/attributes", """{"public":1,"private":2}""", """{"public":1}""")]
    [InlineData("/attributes", """{"private":2}""", null)]
    [InlineData("/attributes", "{}", null)]
    [InlineData("/attributes", "null", null)]
    [InlineData("/", """{"thingId":"ns:t","attributes":{"public":{"a":1},"private":2}}""", """{"thingId":"ns:t","attributes":{"public":{"a":1}}}""")]
    [InlineData("/", """{"thingId":"ns:t","attributes":{"private":2}}""", null)]
    [InlineData("/features/f", "{}", null)]
    public void H12_Reduce_LeavesWhatTheSubscriberMayRead(string path, string value, string? expected)
    {
        var delivered = PolicyWorld.Enforcer("thing:/attributes/public +R")
            .TryReduce(ResourcePath.Parse(path), PolicyWorld.Of(value), out var reduced);

        Assert.Equal(expected, reduced?.GetRawText());
        Assert.Equal(expected is not null, delivered);
    }

    [Fact]
    public void H13_Reduce_ChangeOfARevokedFeature_IsNotDelivered()
    {
        var enforcer = PolicyWorld.Enforcer("thing:/ +R, thing:/features/secret -R");

        Assert.False(enforcer.TryReduce(ResourcePath.Feature("secret"), PolicyWorld.Of("""{"properties":{"p":1}}"""), out _));
        Assert.False(enforcer.TryReduce(ResourcePath.Parse("/features/secret/properties/p"), null, out _));
        Assert.True(enforcer.TryReduce(ResourcePath.Feature("open"), null, out var none));
        Assert.Null(none);
    }
}
