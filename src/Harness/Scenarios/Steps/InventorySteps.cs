using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.HawkBit;
using Leda.Harness.Protocol.Kanto;
using Reqnroll;

namespace Leda.Harness.Scenarios.Steps;

/// <summary>What a device registers, and what of it stands in the twin.</summary>
[Binding]
internal sealed class InventorySteps(World world)
{
    private JsonElement? Inventory => Status(SoftwareUpdatable.FeatureId) is { ValueKind: JsonValueKind.Object } status
        && status.TryGetProperty("installedDependencies", out var inventory) ? inventory : null;

    [Then("(after that )the device registers the feature {string}")]
    public Task ThenTheDeviceRegistersTheFeature(string id) =>
        world.ExpectAsync($"the device to register the feature {id}", e => e.RegisteredFeature() == id);

    [Then("(after that )the device registers {int} features")]
    public Task ThenTheDeviceRegistersFeatures(int count) => RegistersAsync(count, "features", _ => true);

    [Then("(after that )the device registers {int} containers")]
    public Task ThenTheDeviceRegistersContainers(int count) =>
        RegistersAsync(count, "containers", id => ContainerFeature.ContainerOf(id) is not null);

    [Then("the twin's software module type is {string}")]
    public Task ThenTheModuleTypeIs(string type) => world.EventuallyAsync(
        $"the software module type {type}", () => $"{Status(SoftwareUpdatable.FeatureId)}",
        () => Traffic.Text(Status(SoftwareUpdatable.FeatureId), "softwareModuleType") == type);

    [Then("the twin's inventory lists")]
    public Task ThenTheInventoryLists(DataTable expected)
    {
        var rows = expected.Rows.Select(r => (r["group"], r["version"])).OrderBy(r => r).ToList();
        return world.EventuallyAsync("the inventory to list just these", () => $"{Inventory}", () => Entries().SequenceEqual(rows));
    }

    [Then("the twin's inventory has {int} entries")]
    public Task ThenTheInventoryHas(int count) => world.EventuallyAsync(
        $"{count} entries in the inventory", () => $"{Inventory}", () => Entries().Count() == count);

    [Then("the twin's inventory is null")]
    public Task ThenTheInventoryIsNull() => world.EventuallyAsync(
        "an inventory that is null", () => $"{Inventory}", () => Inventory is { ValueKind: JsonValueKind.Null });

    [Then("the twin's inventory is absent")]
    public Task ThenTheInventoryIsAbsent() => world.EventuallyAsync(
        "a registered feature without inventory", () => $"{Status(SoftwareUpdatable.FeatureId)}",
        () => Status(SoftwareUpdatable.FeatureId) is { ValueKind: JsonValueKind.Object } && Inventory is null);

    [Then("the twin's last operation is {word}")]
    public Task ThenTheLastOperationIs(string status) => OperationIsAsync("lastOperation", status);

    [Then("the twin's last failed operation is {word}")]
    public Task ThenTheLastFailedOperationIs(string status) => OperationIsAsync("lastFailedOperation", status);

    [Then("the twin has the feature {string}")]
    public Task ThenTheTwinHasTheFeature(string id) => world.EventuallyAsync(
        $"the feature {id} in the twin", () => "none", () => world.Harness.Things.Find(world.Thing)?.Feature(id) is not null, feature: id);

    [Then("an inventory key reads {string}")]
    public Task ThenAnInventoryKeyReads(string pattern)
    {
        var (head, tail) = (pattern[..pattern.IndexOf('<')], pattern[(pattern.IndexOf('>') + 1)..]);
        return world.EventuallyAsync($"an inventory key like {pattern}", () => $"{Inventory}", () => Keys().Any(key =>
            key.StartsWith(head, StringComparison.Ordinal) && key.EndsWith(tail, StringComparison.Ordinal)
            && Guid.TryParseExact(key[head.Length..^tail.Length], "D", out _)));
    }

    [Then("the container {string} is reported with")]
    public async Task ThenTheContainerIsReportedWith(string name, DataTable expected)
    {
        await world.EventuallyAsync($"a container {name} in the twin", () => "none", () => StatusOfContainer(name) is not null);
        foreach (var row in expected.Rows)
        {
            await world.EventuallyAsync(
                $"{row["member"]} of {name} to be {row["value"]}", () => Member(name, row["member"]) ?? "absent",
                () => (Member(name, row["member"]) ?? "absent") == row["value"]);
        }
    }

    [Then("the container {string} is {word}")]
    public Task ThenTheContainerIs(string name, string state) => world.EventuallyAsync(
        $"the container {name} to be {state}", () => Member(name, "state.status") ?? "nothing", () => Member(name, "state.status") == state);

    private Task OperationIsAsync(string which, string expected)
    {
        string Seen() => Traffic.Text(Status(SoftwareUpdatable.FeatureId), which, "status") ?? "absent";
        return world.EventuallyAsync($"{which} to be {expected}", Seen, () => Seen() == expected);
    }

    private async Task RegistersAsync(int count, string what, Func<string, bool> counts)
    {
        var seen = new HashSet<string>();
        await world.ExpectAsync($"the device to register {count} {what}", e =>
        {
            if (e.RegisteredFeature() is { } id && counts(id))
                seen.Add(id);
            return seen.Count == count;
        });
    }

    private JsonElement? Status(string featureId)
    {
        var path = ResourcePath.Property(featureId, "status");
        return world.Harness.Things.Find(world.Thing) is { } thing && thing.TryGet(path, out var status) ? status : null;
    }

    private IEnumerable<(string Group, string Version)> Entries() => Inventory is { ValueKind: JsonValueKind.Object } inventory
        ? inventory.EnumerateObject().Select(m => (Traffic.Text(m.Value, "group") ?? "", Traffic.Text(m.Value, "version") ?? "")).OrderBy(e => e)
        : [];

    private IEnumerable<string> Keys() => Inventory is { ValueKind: JsonValueKind.Object } inventory
        ? inventory.EnumerateObject().Select(m => m.Name)
        : [];

    private JsonElement? StatusOfContainer(string name) => world.FindContainer(name) is { } id ? Status(ContainerFeature.Id(id)) : null;

    private string? Member(string container, string member)
    {
        var value = StatusOfContainer(container);
        foreach (var key in member.Split('.'))
        {
            value = value switch
            {
                { ValueKind: JsonValueKind.Object } json when json.TryGetProperty(key, out var next) => next,
                { ValueKind: JsonValueKind.Array } list when int.Parse(key) < list.GetArrayLength() => list[int.Parse(key)],
                _ => null,
            };
        }

        return value?.ToString();
    }
}
