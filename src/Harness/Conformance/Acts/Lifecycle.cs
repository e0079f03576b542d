using System.Text.Json;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Conformance.Acts;

/// <summary>The life of a container from its creation to its removal; each act goes on where the one before has ended.</summary>
internal static class Lifecycle
{
    /// <summary>The name that the container gets.</summary>
    public const string NewName = "conform-renamed";

    /// <summary>The configuration of the container that is made with one.</summary>
    public const string Config =
        """{"env":["CONFORM=1"],"restartPolicy":{"type":"NO"},"portMappings":[{"hostPort":15080,"containerPort":80}]}""";

    /// <summary>It is made.</summary>
    public static Act<OperationScene> Created { get; } = new("create", device => CreateAsync(device, "create", "", "CREATED", start: false));

    /// <summary>It is started, and starting again is refused.</summary>
    public static Act<OperationScene> Started { get; } = After(Created, "start", null, State("RUNNING"));

    /// <inheritdoc cref="Started"/>
    public static Act<OperationScene> StartedAgain { get; } = After(Started, "start", null, null, "again");

    /// <summary>It is paused.</summary>
    public static Act<OperationScene> Paused { get; } = After(StartedAgain, "pause", null, State("PAUSED"));

    /// <summary>It goes on.</summary>
    public static Act<OperationScene> Resumed { get; } = After(Paused, "resume", null, State("RUNNING"));

    /// <summary>It is stopped, and stopping again is refused.</summary>
    public static Act<OperationScene> Stopped { get; } = After(Resumed, "stop", null, State("STOPPED"));

    /// <inheritdoc cref="Stopped"/>
    public static Act<OperationScene> StoppedAgain { get; } = After(Stopped, "stop", null, null, "again");

    /// <summary>It gets another name, and the same once more.</summary>
    public static Act<OperationScene> Renamed { get; } =
        After(StoppedAgain, "rename", $"\"{NewName}\"", (id, m) => m.Container == id && m.Rest == "/properties/status/name");

    /// <inheritdoc cref="Renamed"/>
    public static Act<OperationScene> RenamedAgain { get; } = After(Renamed, "rename", $"\"{NewName}\"", null, "again");

    /// <summary>It gets another restart policy.</summary>
    public static Act<OperationScene> Updated { get; } = After(
        RenamedAgain, "update", """{"restartPolicy":{"type":"NO"}}""", (id, m) => m.Container == id && m.Rest == "/properties/status/config");

    /// <summary>It runs again, and may not be removed.</summary>
    public static Act<OperationScene> Restarted { get; } = After(Updated, "start", null, State("RUNNING"), "once more");

    /// <inheritdoc cref="Restarted"/>
    public static Act<OperationScene> RemovalRefused { get; } = After(Restarted, "remove", "false", null, "refused");

    /// <summary>It is removed by force.</summary>
    public static Act<OperationScene> Removed { get; } = After(RemovalRefused, "remove", "true", (id, m) => m.Container == id && m.IsDelete);

    /// <summary>It is gone, and asked for something.</summary>
    public static Act<OperationScene> Gone { get; } = After(Removed, "start", null, null, "gone", isWellFormed: false);

    /// <summary>Another is made with a configuration, and started.</summary>
    public static Act<OperationScene> Configured { get; } =
        new("createWithConfig", device => CreateAsync(device, "createWithConfig", $"""
            ,"name":"conform-configured","config":{Config}
            """, "RUNNING", start: true));

    /// <summary>It is stopped by a signal.</summary>
    public static Act<OperationScene> Signalled { get; } = After(Configured, "stopWithOptions", """{"signal":"SIGINT","timeout":5,"force":true}""", State("STOPPED"));

    /// <summary>It is removed without force.</summary>
    public static Act<OperationScene> RemovedStopped { get; } = After(Signalled, "remove", "false", (id, m) => m.Container == id && m.IsDelete, "stopped");

    /// <summary>The id of a container that was made: as the answer says, unless another is registered.</summary>
    public static async Task<string> IdAsync(DeviceUnderTest device, Exchange exchange)
    {
        var told = exchange.Status is >= 200 and < 300 ? Json.Text(exchange.Answer?.Value) ?? "" : "";
        return (told.Length > 0 ? await device.AwaitAsync(exchange.From, m => m.IsWhole && m.Container == told) : null)?.Container
            ?? (await device.AwaitAsync(exchange.From, m => m is { IsWhole: true, Container: not null }))?.Container ?? told;
    }

    private static Func<string, DeviceMessage, bool> State(string state) => (id, m) => m.IsState(id, state);

    private static async Task<OperationScene> CreateAsync(DeviceUnderTest device, string operation, string more, string state, bool start)
    {
        var image = JsonSerializer.Serialize(device.Options.Image);
        var exchange = await device.InvokeAsync(
            ContainerFactory.FeatureId, operation, $$"""{"imageRef":{{image}},"start":{{(start ? "true" : "false")}}{{more}}}""");
        var id = await IdAsync(device, exchange);
        if (id.Length == 0)
            return new OperationScene(exchange, "");
        device.Made.Add(id);
        await device.AwaitAsync(exchange.From, m => m.IsState(id, "CREATED"));
        var update = await device.AwaitAsync(exchange.From, m => m.IsState(id, state));
        await device.AwaitAsync(exchange.From, m => m.IsInventory);
        return new OperationScene(exchange, id) { Update = update };
    }

    private static Act<OperationScene> After(
        Act<OperationScene> before, string operation, string? value, Func<string, DeviceMessage, bool>? update, string suffix = "",
        bool isWellFormed = true) =>
        new($"{operation} {suffix} after {before.Name}", async device =>
        {
            var id = (await device.SeeAsync(before)).Known;
            var exchange = await device.InvokeAsync(new Command(ContainerFeature.Id(id), operation, value is null ? null : JsonText.Parse(value)) { IsWellFormed = isWellFormed });
            var seen = update is null ? null : await device.AwaitAsync(exchange.From, m => update(id, m), exchange.Limit);
            if (update is null)
                await device.QuietAsync();
            if (seen is { IsDelete: true })
                device.Made.Remove(id);
            return new OperationScene(exchange, id) { Update = seen, From = exchange.From };
        });
}
