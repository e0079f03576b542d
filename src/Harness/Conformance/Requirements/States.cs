using System.Globalization;
using System.Text.Json;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Conformance.Requirements;

/// <summary>ST and DE: what the device says of containers and of installed software, looked at in the end over everything that it said.</summary>
internal static class States
{
    private static readonly string[] _words = ["CREATING", "CREATED", "RUNNING", "STOPPED", "PAUSED", "EXITED", "DEAD", "UNKNOWN"];
    private static readonly string[] _stateMembers = ["status", "pid", "error", "exitCode", "startedAt", "finishedAt", "oomKilled"];
    private static readonly string[] _statusMembers = ["name", "imageRef", "config", "createdAt", "state"];
    private static readonly string[] _required = ["imageRef", "createdAt", "state"];

    /// <summary>All of them.</summary>
    public static IEnumerable<Requirement> All =>
    [
        Each("ST-01", $"A container's state is one of {string.Join(", ", _words)}, spelled so.", "3.2.3", "one of the words", IsState, WordFault, "schema/container") with { Explains = ["OP", "CR", "SU-05"] },
        Each("ST-02", "A container's state has a pid: a process's while it runs or pauses, else -1.", "3.2.3", "a pid that fits the state", IsState, PidFault, "schema/container"),
        Each("ST-03", "Instants are RFC 3339 in UTC.", "3.2.1", "an instant such as 2031-04-05T06:07:08.123Z", m => IsState(m) || IsContainer(m), InstantFault, "schema/container"),
        Each("ST-04", "What is zero, empty or false in a state is left out.", "3.2.3", "no exitCode 0, error \"\" or oomKilled false", IsState, ZeroFault, "schema/container"),
        Each("ST-05", "A container's state has no members that the definition does not know.", "3.2.3", string.Join(", ", _stateMembers), IsState, m => Unknown(m.State, _stateMembers, ["status", "pid"]), "schema/container"),
        Each("ST-06", $"A container's definition is {ContainerFeature.Definition}.", "8", ContainerFeature.Definition, IsContainer, m => Registration.Undefined(m, ContainerFeature.Definition), "schema/container"),
        Each("ST-07", "A container's feature has imageRef, createdAt and state.", "3.2.1", "imageRef, createdAt, state", IsContainer, MissingFault, "schema/container"),
        Each("ST-08", "A container's feature has no members that the definition does not know.", "3.2.1", string.Join(", ", _statusMembers), IsContainer, m => Unknown(Status(m), _statusMembers, _required), "schema/container"),
        Each("DE-01", "The key of an installed dependency is <group>.<name>:<version> with %2F for each slash.", "7", "the key that is made of its fields", IsInventory, KeyFault, "SEM-01", "schema/software-updatable"),
        Each("DE-02", "An installed dependency has a name and a version.", "7", "name, version", IsInventory, FieldsFault, "schema/software-updatable"),
        Each("DE-03", "SoftwareUpdatable registers anew without the operations of before.", "3.4.6", "no lastOperation, no lastFailedOperation",
            m => m is { IsWhole: true, Feature: "SoftwareUpdatable" }, m => Json.At(m.Value, "properties", "status", "lastOperation") is { } last ? Json.Show(last) : null),
    ];

    private static Requirement Each(
        string id, string sentence, string section, string expected, Func<DeviceMessage, bool> matters, Func<DeviceMessage, string?> fault, params string[] rules) =>
        new(id, sentence, Kanto.Section(section))
        {
            Rules = rules,
            Play = trial =>
            {
                trial.ExpectAll(trial.Device.Said().Where(matters), "messages of the kind", expected, fault);
                return Task.CompletedTask;
            },
        };

    private static bool IsState(DeviceMessage message) => message.State is not null;

    private static bool IsContainer(DeviceMessage message) => message is { IsWhole: true, Container: not null };

    private static bool IsInventory(DeviceMessage message) => message.IsInventory && message.Dependencies is { ValueKind: JsonValueKind.Object };

    private static JsonElement? Status(DeviceMessage message) => Json.At(message.Value, "properties", "status");

    private static string? WordFault(DeviceMessage message) => _words.Contains(message.StateWord) ? null : Json.Show(Json.At(message.State, "status"));

    private static string? PidFault(DeviceMessage message)
    {
        var pid = Json.Number(message.State, "pid");
        var fits = message.StateWord?.ToUpperInvariant() switch
        {
            "RUNNING" or "PAUSED" => pid > 0,
            "DEAD" => pid is not null, // the last run's may stay
            "CREATED" or "STOPPED" or "EXITED" => pid == -1,
            _ => true, // what it cannot be called, another requirement tells
        };
        return fits ? null : Json.Show(message.State);
    }

    private static string? InstantFault(DeviceMessage message) =>
        new[] { Json.At(Status(message), "createdAt"), Json.At(message.State, "startedAt"), Json.At(message.State, "finishedAt") }
            .Where(i => i is not null && !IsInstant(i)).Select(Json.Show).FirstOrDefault();

    private static bool IsInstant(JsonElement? value) => Json.Text(value) is { } text && text.EndsWith('Z') && text.Length >= 20 && text[10] == 'T'
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);

    private static string? ZeroFault(DeviceMessage message) =>
        Json.Number(message.State, "exitCode") == 0 || Json.Text(message.State, "error") is "" || Json.At(message.State, "oomKilled") is { ValueKind: JsonValueKind.False }
            ? Json.Show(message.State)
            : null;

    /// <summary>A member that is not known. A required one that is misspelt is missing, and named so.</summary>
    private static string? Unknown(JsonElement? value, string[] known, string[] required) => Json.Members(value).Select(m => m.Name)
        .FirstOrDefault(name => !known.Contains(name) && !required.Any(r => Json.At(value, r) is null && IsMisspelt(name, r)));

    private static string? MissingFault(DeviceMessage message) => _required.Where(name => Json.At(Status(message), name) is null)
        .Select(name => Json.Members(Status(message)).FirstOrDefault(m => IsMisspelt(m.Name, name)) is { Value.ValueKind: not JsonValueKind.Undefined } found
            ? $"{found.Name} in place of {name}"
            : $"no {name}").FirstOrDefault();

    private static bool IsMisspelt(string name, string known) => name != known && name.Equals(known, StringComparison.OrdinalIgnoreCase);

    private static string? KeyFault(DeviceMessage message) => Json.Members(message.Dependencies).Where(d => !IsIncomplete(d.Value) && d.Name != Key(d.Value)).Select(d => d.Name).FirstOrDefault();

    private static string Key(JsonElement value)
    {
        var group = Json.Text(value, "group") is { Length: > 0 } text ? $"{text}." : "";
        return $"{group}{Json.Text(value, "name")}:{Json.Text(value, "version")}".Replace("/", "%2F", StringComparison.Ordinal);
    }

    private static string? FieldsFault(DeviceMessage message) =>
        Json.Members(message.Dependencies).Where(d => IsIncomplete(d.Value)).Select(d => Json.Show(d.Value)).FirstOrDefault();

    private static bool IsIncomplete(JsonElement value) => Json.Text(value, "name") is null || Json.Text(value, "version") is null;
}
