using System.Text.Json;
using CsCheck;
using Leda.Harness.Device.Tests.Support;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Hono;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Protocol.Messaging;

namespace Leda.Harness.Device.Tests.Mutations;

/// <summary>
/// A hundred thousand commands that are nearly right. The device answers each with one well-formed response or, where the rules say so, not
/// at all (<c>kanto-container-management.md</c> 2.5), and still carries out good ones.
/// </summary>
public sealed class MutatedCommandsTests(ITestOutputHelper output)
{
    private const int Devices = 400;
    private const int CommandsEach = 250;

    private static readonly Gen<Mutation> _mutation = Gen.Select(Gen.Enum<MutationKind>(), Gen.UInt, Gen.UInt, (kind, where, what) => new Mutation(kind, where, what));

    private static readonly Gen<(int Command, Mutation[] Mutations)[]> _commands =
        Gen.Select(Gen.Int[0, GoodCommands.All.Count - 1], _mutation.Array[1, 3]).Array[CommandsEach];

    [Fact]
    public void Device_MutatedCommands_AnswersWellOrIsSilentAndGoesOn()
    {
        // CsCheck_Seed in the environment runs one failing device again.
        _commands.Sample(Survive, iter: Devices, writeLine: output.WriteLine, print: batch => $"{batch.Length} commands");
        output.WriteLine($"{Devices * CommandsEach} commands");
    }

    private static void Survive((int Command, Mutation[] Mutations)[] commands) => World.Run(async world =>
    {
        var device = await world.StartRegisteredAsync(new DeviceOptions { Artifacts = new MemoryArtifacts() });
        for (var number = 0; number < commands.Length; number++)
        {
            var (which, mutations) = commands[number];
            if (device.Containers.Count == 0)
                await world.CreateAsync(start: true);
            world.Forget();
            var command = mutations.Aggregate(
                GoodCommands.Of(number, GoodCommands.All[which], device.Containers[^1].Id), (mutated, mutation) => mutation.Apply(mutated));
            await world.SendAsync(command);
            Judge(command, world);
            if (device.Containers.Count > 8)
                await RemoveAllAsync(world, device);
        }

        await RemoveAllAsync(world, device);
        Assert.Empty(device.Containers);
        var id = await world.CreateAsync();
        Assert.Equal(id, Assert.Single(device.Containers).Id);
        await device.DisposeAsync();
    });

    private static async Task RemoveAllAsync(World world, DeviceHost device)
    {
        foreach (var container in device.Containers)
            await world.SendAsync(GoodCommands.Of(0, ($"Container:{container.Id}", "remove", "true"), container.Id));
    }

    private static void Judge(Command command, World world)
    {
        var answers = world.Published.Where(o => o.Topic.StartsWith("command/", StringComparison.Ordinal)).ToList();
        Assert.True(answers.Count == Expected(command), $"{answers.Count} answers instead of {Expected(command)} to {command}");
        foreach (var answer in answers)
            JudgeAnswer(command, answer);
        foreach (var told in world.Published.Where(o => o.Topic == World.EventTopic))
            Assert.True(Envelope.TryParse(told.Payload.Span, out _, out var problem), problem);
        Assert.True(world.Log.Find(line => line.Contains("unexpected, please", StringComparison.Ordinal)) is null, $"{world.Log[^1]} after {command}");
    }

    /// <summary>How many answers the rules give this command.</summary>
    private static int Expected(Command command)
    {
        var topic = DeviceTopic.TryParse(command.Topic, out var parsed, out _) ? parsed : default;
        if (topic.Kind != DeviceTopicKind.CommandRequest || topic.RequestId.Length == 0)
            return 0;
        if (!JsonText.TryParse(command.Payload, out var json, out _) || json.ValueKind != JsonValueKind.Object)
            return 1; // Nobody can say that it wants none.
        return Member(json, "headers") switch
        {
            { ValueKind: JsonValueKind.Object } headers => Member(headers, "response-required") is { ValueKind: JsonValueKind.True } ? 1 : 0,
            null or { ValueKind: JsonValueKind.Null } when IsEnvelope(json) => 0,
            _ => 1,
        };
    }

    private static bool IsEnvelope(JsonElement json) =>
        Member(json, "path") is { ValueKind: JsonValueKind.String } path && path.GetString() != ""
        && Member(json, "topic") is { ValueKind: JsonValueKind.String } topic && topic.GetString()!.Count(c => c == '/') >= 2;

    private static void JudgeAnswer(Command command, BusObservation published)
    {
        var answer = Answer.Of(published);
        var envelope = answer.Envelope;
        var value = envelope.Value;
        Assert.Equal(DeviceTopic.Parse(command.Topic).RequestId, answer.Topic.RequestId);
        Assert.Equal(answer.Status, envelope.Status);
        Assert.Contains(answer.Status, new[] { 200, 204, 400, 404, 500 });
        Assert.Equal(value is null ? null : "application/json", envelope.Headers.ContentType);
        Assert.Equal(answer.Status == 204, value is null);
        if (answer.Status < 400)
            return;
        Assert.Equal(answer.Status, value!.Value.GetProperty("status").GetInt32());
        Assert.StartsWith("messages:", answer.Error, StringComparison.Ordinal);
        Assert.NotEqual("", answer.Message);
    }

    private static JsonElement? Member(JsonElement json, string name) =>
        json.EnumerateObject().Where(m => string.Equals(m.Name, name, StringComparison.OrdinalIgnoreCase)).Select(m => (JsonElement?)m.Value).LastOrDefault();
}
