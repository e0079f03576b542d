using Leda.Harness.Conformance.Acts;

namespace Leda.Harness.Conformance.Requirements;

/// <summary>OP: the operations of a container, in the order of its life.</summary>
internal static class Operations
{
    /// <summary>All of them.</summary>
    public static IEnumerable<Requirement> All =>
    [
        new("OP-01", "create is answered with 200 and the new container's id.", Kanto.Section("3.1")) { IsDestructive = true, Needs = ["FE-01"], Rules = ["schema/container-factory"], Play = CreatedAsync },
        new("OP-02", "A new container is registered as a whole feature, CREATED.", Kanto.Section("4")) { IsDestructive = true, Needs = ["FE-01"], Play = WholeAsync },
        new("OP-03", "After that its state is reported once more as CREATED.", Kanto.Section("4")) { IsDestructive = true, Needs = ["OP-02"], Play = CreatedAgainAsync },
        new("OP-04", "After that the installed dependencies are reported with it.", Kanto.Section("3.4.6")) { IsDestructive = true, Needs = ["OP-02", "FE-02"], Play = InventoryAsync },
        Answered("OP-05", Lifecycle.Started, 204, "start", "3.2.4"),
        Reported("OP-06", Lifecycle.Started, "A container that is started is reported as RUNNING.", "OP-05"),
        Answered("OP-07", Lifecycle.StartedAgain, 500, "start of a container that runs", "3.2.4", "OP-06"),
        Answered("OP-08", Lifecycle.Paused, 204, "pause", "3.2.4", "OP-06"),
        Reported("OP-09", Lifecycle.Paused, "A container that is paused is reported as PAUSED.", "OP-08"),
        Answered("OP-10", Lifecycle.Resumed, 204, "resume", "3.2.4", "OP-09"),
        Reported("OP-11", Lifecycle.Resumed, "A container that goes on is reported as RUNNING.", "OP-10"),
        new("OP-12", "A container that goes on has the same process and the same start as before.", Kanto.Section("4")) { IsDestructive = true, Needs = ["OP-11"], Play = SameProcessAsync },
        Answered("OP-13", Lifecycle.Stopped, 204, "stop", "3.2.4", "OP-06"),
        Reported("OP-14", Lifecycle.Stopped, "A container that is stopped is reported as STOPPED.", "OP-13"),
        Answered("OP-15", Lifecycle.StoppedAgain, 500, "stop of a container that does not run", "3.2.4", "OP-14"),
        Answered("OP-16", Lifecycle.Renamed, 204, "rename", "3.2.4"),
        Reported("OP-17", Lifecycle.Renamed, "A container that is renamed reports its new name.", "OP-16"),
        new("OP-18", "A container that gets the name it has reports nothing.", Kanto.Section("3.2.4")) { IsDestructive = true, Needs = ["OP-17"], Play = SameNameAsync },
        Answered("OP-19", Lifecycle.Updated, 204, "update", "3.2.4"),
        new("OP-20", "A container that is updated reports its configuration, with exactly the new restart policy.", Kanto.Section("8")) { IsDestructive = true, Needs = ["OP-19"], Play = PolicyAsync },
        Answered("OP-21", Lifecycle.RemovalRefused, 500, "remove without force of a container that runs", "3.2.4", "OP-06"),
        Answered("OP-22", Lifecycle.Removed, 204, "remove by force", "3.2.4"),
        Reported("OP-23", Lifecycle.Removed, "The feature of a container that is removed is deleted.", "OP-22"),
        new("OP-24", "Before it is deleted its state is reported as DEAD.", Kanto.Section("4")) { IsDestructive = true, Needs = ["OP-23"], Play = DeadAsync },
        Answered("OP-25", Lifecycle.Gone, 400, "start of a container that is gone", "3.2.4", "OP-23"),
    ];

    private static Requirement Answered(string id, Act<OperationScene> act, int status, string what, string section, string needs = "OP-02") =>
        new(id, $"{what} is answered with {status}.", Kanto.Section(section))
        {
            IsDestructive = true,
            Needs = [needs],
            Play = async trial => Trial.ExpectStatus((await trial.SeeAsync(act)).Exchange, status, what),
        };

    private static Requirement Reported(string id, Act<OperationScene> act, string sentence, string needs) =>
        new(id, sentence, Kanto.Section("4"))
        {
            IsDestructive = true,
            Needs = [needs],
            Play = async trial =>
            {
                var scene = await trial.SeeAsync(act);
                Trial.ExpectSeen(scene.Update, sentence.TrimEnd('.'), SeenOf(trial, scene));
            },
        };

    private static string SeenOf(Trial trial, OperationScene scene)
    {
        var said = trial.Device.Said(scene.From, scene.To).Where(m => m.Container == scene.Container && !m.IsAnswer).Select(m => $"{m.Rest} {m.StateWord}".Trim()).ToList();
        return said.Count == 0 ? "nothing about the container" : string.Join(", ", said);
    }

    private static async Task CreatedAsync(Trial trial)
    {
        var scene = await trial.SeeAsync(Lifecycle.Created);
        Trial.ExpectStatus(scene.Exchange, 200, "create");
        Trial.Expect(Json.Text(scene.Exchange.Answer?.Value) is { Length: > 0 }, "the container's id as a string", scene.Exchange.Seen, scene.Exchange.Wrong);
        Trial.Expect(Json.Text(scene.Exchange.Answer?.Value) == scene.Container, $"{scene.Container}, which is registered", scene.Exchange.Seen, scene.Exchange.Wrong);
    }

    private static async Task WholeAsync(Trial trial)
    {
        var scene = await trial.SeeAsync(Lifecycle.Created);
        var whole = Trial.ExpectSeen(Whole(trial, scene), $"the feature Container:{scene.Known}", SeenOf(trial, scene));
        Trial.Expect(
            string.Equals(whole.StateWord, "CREATED", StringComparison.OrdinalIgnoreCase), "the state CREATED", whole.StateWord ?? "none", whole.Entry);
    }

    private static async Task CreatedAgainAsync(Trial trial)
    {
        var scene = await trial.SeeAsync(Lifecycle.Created);
        var whole = Whole(trial, scene)!;
        var again = trial.Device.Said(whole.Entry.Sequence, scene.To).FirstOrDefault(m => m.IsState(scene.Known, "CREATED"));
        Trial.ExpectSeen(again, "status/state CREATED after the whole feature", SeenOf(trial, scene));
    }

    private static async Task InventoryAsync(Trial trial)
    {
        var scene = await trial.SeeAsync(Lifecycle.Created);
        var inventory = trial.Device.Said(scene.From, scene.To).LastOrDefault(m => m.IsInventory);
        Trial.ExpectSeen(inventory, "status/installedDependencies");
        Trial.Expect(
            Json.Members(inventory!.Dependencies).Any(d => Json.Text(d.Value, "name") == scene.Known), $"an entry with the name {scene.Known}",
            $"{Json.Members(inventory.Dependencies).Count()} others", inventory.Entry);
    }

    private static async Task SameProcessAsync(Trial trial)
    {
        var (started, resumed) = (await trial.SeeAsync(Lifecycle.Started), await trial.SeeAsync(Lifecycle.Resumed));
        var (before, after) = (started.Update?.State, resumed.Update?.State);
        Trial.Expect(
            Json.Number(before, "pid") == Json.Number(after, "pid") && Json.Text(before, "startedAt") == Json.Text(after, "startedAt"),
            Json.Show(before), Json.Show(after), resumed.Update!.Entry);
    }

    private static async Task SameNameAsync(Trial trial)
    {
        var scene = await trial.SeeAsync(Lifecycle.RenamedAgain);
        var unwanted = trial.Device.Said(scene.From, scene.To).FirstOrDefault(m => m.Container == scene.Container && m.Rest == "/properties/status/name");
        Trial.Expect(unwanted is null, "no report of the name", "one", unwanted?.Entry is { } entry ? [entry] : []);
    }

    private static async Task PolicyAsync(Trial trial)
    {
        var scene = await trial.SeeAsync(Lifecycle.Updated);
        var update = Trial.ExpectSeen(scene.Update, "status/config", SeenOf(trial, scene));
        var policy = Json.At(update.Value, "restartPolicy");
        Trial.Expect(policy?.GetRawText() == """{"type":"NO"}""", """the restart policy {"type":"NO"}, zero members left out""", Json.Show(policy), update.Entry);
    }

    private static async Task DeadAsync(Trial trial)
    {
        var scene = await trial.SeeAsync(Lifecycle.Removed);
        var dead = trial.Device.Said(scene.From, scene.Update!.Entry.Sequence).FirstOrDefault(m => m.IsState(scene.Container, "DEAD"));
        Trial.ExpectSeen(dead, "status/state DEAD before the deletion", SeenOf(trial, scene));
    }

    private static DeviceMessage? Whole(Trial trial, OperationScene scene) =>
        trial.Device.Said(scene.From, scene.To).FirstOrDefault(m => m.IsWhole && m.Container == scene.Known);
}
