using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Policies;

namespace Leda.Harness.Simulator.Tests.Policies;

/// <summary>Policy commands: statuses, error ids, revisions (<c>ditto.md</c> 2.11 and 4.6).</summary>
public sealed class PolicyStoreTests
{
    private const string Subject = """{"type":"t"}""";
    private const string Resource = """{"grant":["READ"],"revoke":[]}""";
    private readonly PolicyWorld _world = new();

    [Fact]
    public void E02_Policy_IsCreatedReplacedReadAndDeleted()
    {
        var first = _world.Put("/", PolicyWorld.Json());
        var again = _world.Put("/", PolicyWorld.Json("thing:/ +R"));

        Assert.Equal((201, 1L), (first.Status, first.Policy!.Revision));
        Assert.Equal("ns:p", first.Value!.Value.GetProperty("policyId").GetString());
        Assert.Equal((204, null, 2L), (again.Status, again.Value, again.Policy!.Revision));
        Assert.True(_world.Get("/").Value!.Value.GetProperty("entries").TryGetProperty("e0", out _));
        Assert.Equal(204, _world.Delete("/").Status);
        AssertRefused(404, "policies:policy.notfound", _world.Get("/"));
        AssertRefused(404, "policies:policy.notfound", _world.Delete("/"));
        AssertRefused(404, "policies:policy.notfound", _world.Put("/entries/x", "{}"));
    }

    [Fact]
    public void Revision_AfterDeleteAndNewCreate_GoesOn()
    {
        _world.Put("/", PolicyWorld.Json());
        _world.Put("/entries/x", PolicyWorld.Entry("a:b", ""));
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        _world.Delete("/");

        var policy = _world.Put("/", PolicyWorld.Json()).Policy!;

        Assert.Equal(4, policy.Revision);
        Assert.Equal(_world.Time.GetUtcNow(), policy.Created);
    }

    [Fact]
    public void Create_OnAnExistingPolicy_IsAConflict()
    {
        Assert.Equal(201, _world.Execute("create", "/", PolicyWorld.Json()).Status);

        AssertRefused(409, "policies:policy.conflict", _world.Execute("create", "/", PolicyWorld.Json()));
    }

    [Theory]
    [InlineData("/entries/new", """{"subjects":{},"resources":{}}""")]
    [InlineData("/entries/owner/subjects/x:new", Subject)]
    [InlineData("/entries/owner/subjects/https://issuer.example/:new", Subject)]
    [InlineData("/entries/owner/resources/thing:/attributes/new", Resource)]
    [InlineData("/entries/owner/references", """[{"entry":"e0"}]""")]
    [InlineData("/imports/ns:base", "{}")]
    public void E03_Item_IsCreatedReplacedReadAndDeleted(string path, string value)
    {
        _world.Put("/", PolicyWorld.Json(), id: "ns:base");
        _world.Put("/", PolicyWorld.Json("thing:/ +R"));

        var first = _world.Put(path, value);
        var again = _world.Put(path, value);
        var read = _world.Get(path);

        Assert.Equal((201, value), (first.Status, first.Value?.GetRawText()));
        Assert.Equal((204, null), (again.Status, again.Value));
        Assert.Equal((200, value), (read.Status, read.Value?.GetRawText()));
        Assert.Equal(204, _world.Delete(path).Status);
        Assert.Equal(404, _world.Get(path).Status);
    }

    [Theory]
    [InlineData("/entries/no", "policies:entry.notfound")]
    [InlineData("/entries/no/subjects", "policies:entry.notfound")]
    [InlineData("/entries/no/subjects/x:y", "policies:entry.notfound")]
    [InlineData("/entries/owner/subjects/x:y", "policies:subject.notfound")]
    [InlineData("/entries/owner/resources/thing:/x", "policies:resource.notfound")]
    [InlineData("/imports/ns:no", "policies:import.notfound")]
    public void E03_UnknownItem_IsNotFound(string path, string error)
    {
        _world.Put("/", PolicyWorld.Json());

        Assert.Equal(404, _world.Get(path).Status);
        if (!path.EndsWith("subjects", StringComparison.Ordinal))
            AssertRefused(404, error, _world.Delete(path));
        if (path.StartsWith("/entries/no/", StringComparison.Ordinal))
            AssertRefused(404, error, _world.Put(path, Subject));
    }

    [Theory]
    [InlineData("/entries", """{"owner":$}""")]
    [InlineData("/entries/e0/subjects", """{"a:b":{"type":"t"}}""")]
    [InlineData("/entries/e0/resources", "{}")]
    [InlineData("/entries/e0/namespaces", """["a.b"]""")]
    [InlineData("/entries/e0/importable", "\"never\"")]
    [InlineData("/entries/e0/allowedAdditions", "[]")]
    [InlineData("/imports", """{"ns:base":{}}""")]
    public void Modify_WholeCollection_Is204EvenTheFirstTime(string path, string value)
    {
        _world.Put("/", PolicyWorld.Json(), id: "ns:base");
        _world.Put("/", PolicyWorld.Json("thing:/ +R"));
        value = value.Replace("$", PolicyWorld.Owner);

        Assert.Equal(204, _world.Put(path, value).Status);

        Assert.Equal(value, _world.Get(path).Value!.Value.GetRawText());
    }

    [Fact]
    public void Retrieve_PartsThatAreNotGiven_AreWhatTheyDefaultTo()
    {
        _world.Put("/", PolicyWorld.Json());

        Assert.Equal("{}", _world.Get("/imports").Value!.Value.GetRawText());
        Assert.Equal("[]", _world.Get("/entries/owner/namespaces").Value!.Value.GetRawText());
        Assert.Equal("\"implicit\"", _world.Get("/entries/owner/importable").Value!.Value.GetRawText());
    }

    [Theory]
    [InlineData("/", "policies:policy.notmodifiable")]
    [InlineData("/entries", "policies:policy.notmodifiable")]
    [InlineData("/entries/e0", "policies:entry.notmodifiable")]
    [InlineData("/entries/e0/subjects", "policies:subjects.notmodifiable")]
    [InlineData("/entries/e0/subjects/x:y", "policies:subject.notmodifiable")]
    [InlineData("/entries/e0/resources/thing:/", "policies:resource.notmodifiable")]
    [InlineData("/entries/e0/importable", "policies:entry.notmodifiable")]
    [InlineData("/imports", "policies:imports.notmodifiable")]
    public void Modify_WithoutWrite_Is403AndChangesNothing(string path, string error)
    {
        _world.Put("/", PolicyWorld.Json("policy:/ +R, policy:/entries/mine +W"));

        AssertRefused(403, error, _world.Put(path, "{}", _world.U2));

        Assert.Equal(1, _world.Policies.Find(PolicyWorld.Id)!.Revision);
        Assert.Equal(201, _world.Put("/entries/mine", PolicyWorld.Entry("a:b", ""), _world.U2).Status);
        AssertRefused(403, "policies:policy.notmodifiable", _world.Delete("/", _world.U2));
    }

    [Fact]
    public void Retrieve_WithoutRead_IsNotFoundAndWithSomeIsCut()
    {
        _world.Put("/", PolicyWorld.Json("policy:/entries/e0/subjects +R"));

        AssertRefused(404, "policies:entry.notfound", _world.Get("/entries/owner", _world.U2));
        AssertRefused(404, "policies:policy.notfound", _world.Get("/", Caller.Of("x:nobody")));
        Assert.Equal(
            """{"policyId":"ns:p","entries":{"e0":{"subjects":{"nginx:other":{"type":"t"}}}}}""",
            _world.Get("/", _world.U2).Value!.Value.GetRawText());
    }

    [Theory]
    [InlineData("/", """{"entries":{}}""", "policies:policy.modificationinvalid")]
    [InlineData("/entries", "{}", "policies:policy.modificationinvalid")]
    [InlineData("/entries/owner", """{"subjects":{},"resources":{}}""", "policies:entry.modificationinvalid")]
    [InlineData("/entries/owner/subjects", """{"nginx:owner":{"type":"t","expiry":"2030-01-01T00:00:00Z"}}""", "policies:entry.modificationinvalid")]
    [InlineData("/entries/owner/resources/policy:/", """{"grant":["WRITE"],"revoke":["WRITE"]}""", "policies:entry.modificationinvalid")]
    [InlineData("/entries/revoker", """{"subjects":{"nginx:owner":{"type":"t"}},"resources":{"policy:/":{"grant":[],"revoke":["WRITE"]}}}""", "policies:entry.modificationinvalid")]
    public void E04_ChangeThatLeavesNobodyInCharge_Is403(string path, string value, string error)
    {
        _world.Put("/", PolicyWorld.Json());

        AssertRefused(403, error, _world.Put(path, value));

        Assert.Equal(1, _world.Policies.Find(PolicyWorld.Id)!.Revision);
        Assert.True(_world.Put(path, value, allowLockout: true).Status < 300);
    }

    [Theory]
    [InlineData("/entries/owner")]
    [InlineData("/entries/owner/subjects/nginx:owner")]
    [InlineData("/entries/owner/resources/policy:/")]
    public void E04_DeletionThatLeavesNobodyInCharge_Is403(string path)
    {
        _world.Put("/", PolicyWorld.Json());

        AssertRefused(403, "policies:entry.modificationinvalid", _world.Delete(path));
        Assert.Equal(204, _world.Delete(path, allowLockout: true).Status);
    }

    [Fact]
    public void Create_ForSomebodyElse_NeedsAllowPolicyLockout()
    {
        AssertRefused(403, "policies:policy.notcreatable", _world.Put("/", PolicyWorld.Json(), _world.U2));
        Assert.Equal(201, _world.Put("/", PolicyWorld.Json(), _world.U2, allowLockout: true).Status);
    }

    [Fact]
    public void E05_PolicyOverTheLimit_Is413AndNothingIsStored()
    {
        var big = PolicyWorld.Json("thing:/" + new string('a', PolicyStore.MaxLength) + " +R");

        AssertRefused(413, "policies:policy.toolarge", _world.Put("/", big));
        Assert.Null(_world.Policies.Find(PolicyWorld.Id));

        _world.Put("/", PolicyWorld.Json());
        AssertRefused(413, "policies:policy.toolarge", _world.Put(
            "/entries/x", $$"""{"subjects":{"a:{{new string('x', PolicyStore.MaxLength)}}":{"type":"t"} },"resources":{} }"""));
        Assert.Equal(1, _world.Policies.Find(PolicyWorld.Id)!.Revision);
    }

    [Fact]
    public void Modify_SubjectByPlaceholder_IsTheSender()
    {
        _world.Put("/", PolicyWorld.Json("thing:/ +R"));

        Assert.Equal(201, _world.Put("/entries/e0/subjects/{{ request:subjectId }}", Subject).Status);

        Assert.Equal(200, _world.Get("/entries/e0/subjects/nginx:owner").Status);
        Assert.Equal(204, _world.Put("/entries/e0/subjects/{{ request:subjectId }}", Subject).Status);
    }

    [Theory]
    [InlineData("create", "/entries/x")]
    [InlineData("delete", "/entries")]
    [InlineData("delete", "/entries/owner/subjects")]
    [InlineData("merge", "/")]
    public void Execute_ActionThatThePathDoesNotKnow_IsRefused(string action, string path)
    {
        _world.Put("/", PolicyWorld.Json());

        AssertRefused(400, "protocoladapter:unknown.topicpath", _world.Execute(action, path, "{}"));
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/entries/x/nothing")]
    [InlineData("/entries/x/importable/y")]
    [InlineData("entries")]
    [InlineData("/imports/a:b/c")]
    [InlineData(null)]
    public void PolicyPath_ThatLeadsNowhere_IsRefused(string? path) => Assert.False(PolicyPath.TryParse(path, out _, out _));

    [Fact]
    public void Precondition_ThatFails_ComesAfterPermissionsAndChangesNothing()
    {
        _world.Put("/", PolicyWorld.Json());
        var command = new PolicyCommand
        {
            Id = PolicyWorld.Id,
            Action = "modify",
            Path = PolicyPath.Policy,
            Value = PolicyWorld.Of(PolicyWorld.Json("thing:/ +R")),
            Caller = _world.U1,
            Precondition = policy => new DittoError(412, "policies:precondition.failed", $"revision {policy?.Revision}"),
        };

        var refused = _world.Policies.Execute(command);

        AssertRefused(412, "policies:precondition.failed", refused);
        Assert.Equal(1, refused.Policy!.Revision);
        AssertRefused(403, "policies:policy.notmodifiable", _world.Policies.Execute(command with { Caller = _world.U2 }));
    }

    [Fact]
    public void Observe_TellsOfEveryChangeInOrder()
    {
        List<(long?, long?)> seen = [];
        _world.Policies.Observe(change => seen.Add((change.Before?.Revision, change.After?.Revision)));

        _world.Put("/", PolicyWorld.Json());
        _world.Put("/", "{}");
        _world.Put("/entries/x", PolicyWorld.Entry("a:b", ""));
        _world.Delete("/");

        Assert.Equal([(null, 1), (1, 2), (2, null)], seen);
    }

    private static void AssertRefused(int status, string error, PolicyOutcome outcome)
    {
        Assert.Equal((status, error), (outcome.Status, outcome.Error?.Error));
        Assert.Equal(status, outcome.Error!.Status);
    }
}
