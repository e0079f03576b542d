using System.Text.Json;
using Leda.Harness.Conformance.Acts;

namespace Leda.Harness.Conformance.Requirements;

/// <summary>SU: the feature SoftwareUpdatable.</summary>
internal static class Software
{
    private static readonly string[] _installation = ["STARTED", "DOWNLOADING", "DOWNLOADED", "INSTALLING", "INSTALLED", "FINISHED_SUCCESS"];
    private static readonly string[] _words =
    [
        .. _installation, "REMOVING", "REMOVED", "DOWNLOADING_WAITING", "INSTALLING_WAITING", "REMOVING_WAITING", "CANCELING", "CANCELING_WAITING", "CANCEL_REJECTED",
        "FINISHED_CANCELED", "FINISHED_ERROR", "FINISHED_WARNING", "FINISHED_REJECTED",
    ];

    private static readonly string[] _removal = ["REMOVING", "REMOVED", "FINISHED_SUCCESS"];

    /// <summary>All of them.</summary>
    public static IEnumerable<Requirement> All =>
    [
        Wants("SU-01", "install is answered with 204 at once.", "3.4.1", ["FE-02"],
            async trial => Trial.ExpectStatus((await trial.SeeAsync(Rollout.Installed)).Exchange, 204, "install")),
        Wants("SU-02", "A good file is installed: the last operation ends with FINISHED_SUCCESS.", "3.4.2", ["SU-01"],
            async trial => ExpectEnd(await trial.SeeAsync(Rollout.Installed), "FINISHED_SUCCESS")),
        Wants("SU-03", $"An installation goes through {string.Join(", ", _installation)}, in this order.", "3.4.2", ["SU-02"],
            async trial => ExpectOrder(trial, await trial.SeeAsync(Rollout.Installed), _installation), "SEM-04"),
        Wants("SU-04", "Each status carries the correlation id of the installation and names the module.", "3.4", ["SU-02"], NamesAsync, "SEM-04", "schema/software-updatable.last"),
        Wants("SU-05", "The container that was installed runs.", "3.4.2", ["OP-06", "SU-02"], RunsAsync),
        Wants("SU-06", "The installed dependencies are reported before the installation is finished.", "8", ["SU-02", "OP-04"], InventoryAsync),
        Wants("SU-07", "A file with another checksum is rejected: FINISHED_REJECTED.", "3.4.4", ["SU-01"],
            async trial => ExpectEnd(await trial.SeeAsync(Rollout.WrongChecksum), "FINISHED_REJECTED")),
        Wants("SU-08", "A checksum that is no hexadecimal number is rejected: FINISHED_REJECTED.", "3.4.4", ["SU-01"],
            async trial => ExpectEnd(await trial.SeeAsync(Rollout.NoHex), "FINISHED_REJECTED")),
        Wants("SU-09", "A checksum that is too long for its algorithm ends in FINISHED_ERROR with the message internal runtime error.", "3.4.4", ["SU-01"],
            async trial => ExpectEnd(await trial.SeeAsync(Rollout.TooLong), "FINISHED_ERROR", "internal runtime error")),
        Wants("SU-10", "A file that is not there ends in FINISHED_ERROR.", "3.4.3", ["SU-01"],
            async trial => ExpectEnd(await trial.SeeAsync(Rollout.NotThere), "FINISHED_ERROR")),
        Wants("SU-11", "A container that cannot be is rejected: FINISHED_REJECTED.", "3.4.2", ["SU-01"],
            async trial => ExpectEnd(await trial.SeeAsync(Rollout.BadContainer), "FINISHED_REJECTED")),
        Wants("SU-12", "What was rejected makes no container.", "3.4.2", ["SU-07"], NothingMadeAsync),
        Wants("SU-13", "remove is answered with 204 at once.", "3.4.1", ["SU-02"],
            async trial => Trial.ExpectStatus((await trial.SeeAsync(Rollout.Removed)).Exchange, 204, "remove")),
        Wants("SU-14", "What was installed is removed: the last operation ends with FINISHED_SUCCESS.", "3.4.5", ["SU-13"],
            async trial => ExpectEnd(await trial.SeeAsync(Rollout.Removed), "FINISHED_SUCCESS")),
        Wants("SU-15", $"A removal goes through {string.Join(", ", _removal)}, in this order.", "3.4.5", ["SU-14"],
            async trial => ExpectOrder(trial, await trial.SeeAsync(Rollout.Removed), _removal), "SEM-04"),
        Wants("SU-16", "The removal of a container that is not there ends in FINISHED_ERROR and says so.", "3.4.5", ["SU-01"],
            async trial => ExpectEnd(await trial.SeeAsync(Rollout.RemovedNothing), "FINISHED_ERROR", "container with ID = NonExistingContainer does not exist")),
        Wants("SU-17", "A failure is told in lastFailedOperation first and then, the same, in lastOperation.", "3.4.2", ["SU-07"], FailureFirstAsync, "SEM-04"),
        Wants("SU-18", "The status of an operation is one of the words of the contract, spelled so.", "3.4.2", ["SU-01"], WordsAsync, "SEM-04", "schema/software-updatable.last") with { Explains = ["SU"] },
    ];

    private static Requirement Wants(string id, string sentence, string section, string[] needs, Func<Trial, Task> play, params string[] rules) =>
        new(id, sentence, Kanto.Section(section)) { IsDestructive = true, Needs = needs, Play = play, Rules = rules };

    private static void ExpectEnd(OperationScene scene, string status, string message = "")
    {
        var end = Trial.ExpectSeen(scene.Update, $"lastOperation {status}", "no FINISHED_… in time", "no end");
        Trial.Expect(Is(end.Operation, status), status, Json.Show(end.Operation), [end.Entry], $"{Json.Text(end.Operation, "status")} in place of {status}");
        Trial.Expect(
            (Json.Text(end.Operation, "message") ?? "").Contains(message, StringComparison.Ordinal), $"the message \"{message}\"", Json.Show(end.Operation), end.Entry);
    }

    private static void ExpectOrder(Trial trial, OperationScene scene, string[] expected)
    {
        var told = trial.Device.Said(scene.From, scene.To).Where(m => m is { Operation: not null, IsFailure: false }).ToList();
        var words = new List<string>();
        foreach (var word in told.Select(m => Json.Text(m.Operation, "status") ?? "nothing"))
        {
            if (words.Count == 0 || words[^1] != word)
                words.Add(word);
        }

        Trial.Expect(words.SequenceEqual(expected, StringComparer.OrdinalIgnoreCase), string.Join(", ", expected), string.Join(", ", words), [.. told.Select(m => m.Entry)]);
    }

    private static async Task NamesAsync(Trial trial)
    {
        var scene = await trial.SeeAsync(Rollout.Installed);
        trial.ExpectAll(
            trial.Device.Said(scene.From, scene.To).Where(m => m.Operation is not null), "statuses", "correlationId conform-good, softwareModule conform-good 1.0.0",
            m => Json.Text(m.Operation, "correlationId") == "conform-good" && Json.Text(m.Operation, "softwareModule", "name") == "conform-good"
                && Json.Text(m.Operation, "softwareModule", "version") == "1.0.0" ? null : Json.Show(m.Operation));
    }

    private static async Task RunsAsync(Trial trial)
    {
        var scene = await trial.SeeAsync(Rollout.Installed);
        Trial.Expect(scene.Container.Length > 0, "a new container", "none");
        Trial.Expect(
            trial.Device.Said(scene.From, scene.To).Any(m => m.IsState(scene.Container, "RUNNING")), "status/state RUNNING of the new container", "nothing of the kind");
    }

    private static async Task InventoryAsync(Trial trial)
    {
        var scene = await trial.SeeAsync(Rollout.Installed);
        var listed = trial.Device.Said(scene.From, scene.Update!.Entry.Sequence)
            .Any(m => m.IsInventory && Json.Members(m.Dependencies).Any(d => Json.Text(d.Value, "name") == scene.Container));
        Trial.Expect(listed, $"installedDependencies with {scene.Container} before FINISHED_SUCCESS", "nothing of the kind", scene.Update.Entry);
    }

    private static async Task WordsAsync(Trial trial)
    {
        _ = await trial.SeeAsync(Rollout.Installed);
        trial.ExpectAll(
            trial.Device.Said().Where(m => m.Operation is not null), "statuses", string.Join(", ", _words),
            m => _words.Contains(Json.Text(m.Operation, "status")) ? null : Json.Show(Json.At(m.Operation, "status")));
    }

    private static async Task NothingMadeAsync(Trial trial)
    {
        var scene = await trial.SeeAsync(Rollout.WrongChecksum);
        var made = trial.Device.Said(scene.From, scene.To).FirstOrDefault(m => m is { IsWhole: true, Container: not null });
        Trial.Expect(made is null, "no new container", made?.Feature ?? "", made is null ? [] : [made.Entry]);
    }

    private static async Task FailureFirstAsync(Trial trial)
    {
        _ = await trial.SeeAsync(Rollout.WrongChecksum);
        var told = trial.Device.Said().Where(m => m.Operation is not null).ToList();
        var ends = Enumerable.Range(0, told.Count).Where(i => !told[i].IsFailure && IsFailed(told[i].Operation)).ToList();
        var wrong = ends.Where(i => i == 0 || !told[i - 1].IsFailure || told[i - 1].Operation!.Value.GetRawText() != told[i].Operation!.Value.GetRawText()).ToList();
        Trial.Expect(
            wrong.Count == 0, "lastFailedOperation right before each failed lastOperation, with the same content",
            wrong.Count == 0 ? "" : $"before {Json.Show(told[wrong[0]].Operation)}: {(wrong[0] == 0 ? "nothing" : $"{told[wrong[0] - 1].Rest} {Json.Text(told[wrong[0] - 1].Operation, "status")}")}",
            [.. wrong.Select(i => told[i].Entry), .. told.Where(m => m.IsFailure && wrong.Count > 0).Select(m => m.Entry)]);
    }

    private static bool IsFailed(JsonElement? operation) => Is(operation, "FINISHED_REJECTED") || Is(operation, "FINISHED_ERROR");

    private static bool Is(JsonElement? operation, string status) => string.Equals(Json.Text(operation, "status"), status, StringComparison.OrdinalIgnoreCase);
}
