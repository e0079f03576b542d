namespace Leda.Harness.Tests.Checklist;

/// <summary>The rows "Instance" of the integration checklist (<c>kanto-container-management.md</c> 8): the suite sends <c>{}</c> where an
/// operation takes no argument.</summary>
public sealed class InstanceRows
{
    [Fact]
    public void Instance_Start_NextModifiedEventIsRunning() => KantoSuite.Play(async suite =>
    {
        var id = await suite.CreateAsync(start: false);
        await ExpectAsync(suite, id, "start", "{}", $"modified /features/{id}/properties/status/state RUNNING");
    });

    [Fact]
    public void Instance_StartWhenRunning_IsAnError() => KantoSuite.Play(async suite =>
    {
        var id = await suite.CreateAsync(start: true);
        await ExpectErrorAsync(suite, id, "start", "{}");
    });

    [Fact]
    public void Instance_Stop_NextModifiedEventIsStopped() => KantoSuite.Play(async suite =>
    {
        var id = await suite.CreateAsync(start: true);
        await ExpectAsync(suite, id, "stop", "{}", $"modified /features/{id}/properties/status/state STOPPED");
    });

    [Fact]
    public void Instance_StopWhenNotRunning_IsAnError() => KantoSuite.Play(async suite =>
    {
        var id = await suite.CreateAsync(start: false);
        await ExpectErrorAsync(suite, id, "stop", "{}");
    });

    [Fact]
    public void Instance_PauseThenResume_ShowPausedThenRunning() => KantoSuite.Play(async suite =>
    {
        var id = await suite.CreateAsync(start: true);
        await ExpectAsync(suite, id, "pause", "{}", $"modified /features/{id}/properties/status/state PAUSED");
        await ExpectAsync(suite, id, "resume", "{}", $"modified /features/{id}/properties/status/state RUNNING");
    });

    [Fact]
    public void Instance_Rename_ModifiesTheNameToTheNewString() => KantoSuite.Play(async suite =>
    {
        var id = await suite.CreateAsync(start: false);
        await ExpectAsync(suite, id, "rename", "\"new_name\"", $"modified /features/{id}/properties/status/name");
        Assert.Equal("new_name", suite.Feature(id).GetProperty("properties").GetProperty("status").GetProperty("name").GetString());
    });

    [Theory]
    [InlineData(false, "false")]
    [InlineData(true, "true")]
    public void Instance_Remove_DeletesAfterNothingButStateAndInventory(bool running, string force) => KantoSuite.Play(async suite =>
    {
        var id = await suite.CreateAsync(running);
        var since = suite.Now;

        Assert.Equal(204, (await suite.InvokeAsync(id, "remove", force)).Status);

        var events = suite.Events(since, below: "/");
        Assert.Equal($"deleted /features/{id}", events[^1]);
        Assert.All(events.SkipLast(1), e => Assert.True(
            e.StartsWith($"modified /features/{id}/properties/status/state", StringComparison.Ordinal)
            || e == "modified /features/SoftwareUpdatable/properties/status/installedDependencies", e));
    });

    [Fact]
    public void Instance_RemoveRunningWithoutForce_IsAnError() => KantoSuite.Play(async suite =>
    {
        var id = await suite.CreateAsync(start: true);
        await ExpectErrorAsync(suite, id, "remove", "false");
    });

    [Fact]
    public void Instance_StopWithOptionsSigint_ShowsStopped() => KantoSuite.Play(async suite =>
    {
        var id = await suite.CreateAsync(start: true);
        await ExpectAsync(suite, id, "stopWithOptions", """{"signal":"SIGINT"}""", $"modified /features/{id}/properties/status/state STOPPED");
    });

    [Fact]
    public void Instance_UpdateRestartPolicy_ConfigHasExactlyTheType() => KantoSuite.Play(async suite =>
    {
        var id = await suite.CreateAsync(start: true);
        await ExpectAsync(suite, id, "update", """{"restartPolicy":{"type":"ALWAYS"}}""", $"modified /features/{id}/properties/status/config");
        var config = suite.Feature(id).GetProperty("properties").GetProperty("status").GetProperty("config");
        Assert.Equal("""{"type":"ALWAYS"}""", config.GetProperty("restartPolicy").GetRawText());
    });

    /// <summary>The operation is carried out, and of all events of the thing this one is the first and the only one.</summary>
    private static async Task ExpectAsync(KantoSuite suite, string id, string operation, string value, string expected)
    {
        var since = suite.Now;
        Assert.Equal(204, (await suite.InvokeAsync(id, operation, value)).Status);
        Assert.Equal([expected], suite.Events(since, below: "/"));
    }

    private static async Task ExpectErrorAsync(KantoSuite suite, string id, string operation, string value)
    {
        var since = suite.Now;
        Assert.Equal(500, (await suite.InvokeAsync(id, operation, value)).Status);
        Assert.Empty(suite.Events(since, below: "/"));
    }
}
