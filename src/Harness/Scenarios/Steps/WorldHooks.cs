using Reqnroll;

namespace Leda.Harness.Scenarios.Steps;

/// <summary>Begins actions, places expectations, ends the world.</summary>
[Binding]
internal sealed class WorldHooks(World world, ScenarioContext scenario)
{
    [BeforeStep]
    public async Task PlaceStepAsync()
    {
        var step = scenario.StepContext!.StepInfo;
        if (scenario.CurrentScenarioBlock != ScenarioBlock.Then)
            await world.BeginActionAsync();
        var follows = step.Text.StartsWith("after that", StringComparison.Ordinal) && world.Found is not null;
        world.From = follows ? world.Found!.Sequence + 1 : world.Mark;
    }

    [AfterScenario]
    public Task EndAsync() => world.EndAsync();
}
