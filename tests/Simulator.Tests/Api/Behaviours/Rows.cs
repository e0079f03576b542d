namespace Leda.Harness.Simulator.Tests.Api.Behaviours;

/// <summary>Rows of the checklist of Ditto's behaviours, each a test named by its id, over HTTP against an API of its own.</summary>
public abstract class Rows : IAsyncLifetime
{
    /// <summary>The cloud under test.</summary>
    private protected TestApi Api { get; private set; } = null!;

    /// <summary>The thing that the rows call T.</summary>
    protected string T { get; private set; } = "";

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Api = await TestApi.StartAsync();
        T = Api.NewId();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Api.DisposeAsync();
    }

    /// <summary>Makes T, owned by the default user.</summary>
    protected async Task MakeAsync(string thing = "{}") => (await Api.PutAsync($"/things/{T}", thing)).Ok(201);

    /// <summary>Adds an entry for a user to T's policy.</summary>
    /// <param name="user">The user.</param>
    /// <param name="resources">The members of <c>resources</c>.</param>
    protected async Task GrantAsync(string user, string resources) =>
        (await Api.PutAsync(
            $"/policies/{T}/entries/{user}",
            "{\"subjects\":{\"nginx:" + user + "\":{\"type\":\"t\"}},\"resources\":{" + resources + "}}")).Ok(201);
}
