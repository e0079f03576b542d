using Leda.Harness.Conformance.Acts;

namespace Leda.Harness.Conformance.Requirements;

/// <summary>CR: containers that are made with a configuration and started at once.</summary>
internal static class Creation
{
    /// <summary>All of them.</summary>
    public static IEnumerable<Requirement> All =>
    [
        new("CR-01", "createWithConfig is answered with 200.", Kanto.Section("3.1"))
        {
            IsDestructive = true, Needs = ["OP-01"],
            Play = async trial => Trial.ExpectStatus((await trial.SeeAsync(Lifecycle.Configured)).Exchange, 200, "createWithConfig"),
        },
        new("CR-02", "A container that is made with start true is reported as RUNNING.", Kanto.Section("4"))
        {
            IsDestructive = true, Needs = ["OP-06", "CR-01"],
            Play = async trial => Trial.ExpectSeen((await trial.SeeAsync(Lifecycle.Configured)).Update, "status/state RUNNING"),
        },
        new("CR-03", "A container keeps the name that it was given.", Kanto.Section("3.1")) { IsDestructive = true, Needs = ["OP-02", "CR-01"], Play = NameAsync },
        new("CR-04", "A container keeps the configuration that it was given.", Kanto.Section("3.2.2")) { IsDestructive = true, Needs = ["OP-02", "CR-01"], Play = ConfigAsync },
        new("CR-05", "What the configuration leaves out is filled in: network, log, end of port ranges.", Kanto.Section("3.2.2")) { IsDestructive = true, Needs = ["CR-04"], Play = DefaultsAsync },
        new("CR-06", "stopWithOptions is answered with 204.", Kanto.Section("3.2.4"))
        {
            IsDestructive = true, Needs = ["CR-02"],
            Play = async trial => Trial.ExpectStatus((await trial.SeeAsync(Lifecycle.Signalled)).Exchange, 204, "stopWithOptions"),
        },
        new("CR-07", "A container that is stopped by a signal is reported as STOPPED.", Kanto.Section("8"))
        {
            IsDestructive = true, Needs = ["OP-14", "CR-06"],
            Play = async trial => Trial.ExpectSeen((await trial.SeeAsync(Lifecycle.Signalled)).Update, "status/state STOPPED"),
        },
        new("CR-08", "A container that does not run is removed without force.", Kanto.Section("8"))
        {
            IsDestructive = true, Needs = ["CR-07", "OP-22"],
            Play = async trial => Trial.ExpectStatus((await trial.SeeAsync(Lifecycle.RemovedStopped)).Exchange, 204, "remove false of a stopped container"),
        },
    ];

    private static async Task NameAsync(Trial trial)
    {
        var (whole, status) = await StatusAsync(trial);
        Trial.Expect(Json.Text(status, "name") == "conform-configured", "the name conform-configured", Json.Show(Json.At(status, "name")), whole.Entry);
    }

    private static async Task ConfigAsync(Trial trial)
    {
        var (whole, status) = await StatusAsync(trial);
        var config = Json.At(status, "config");
        var env = Json.Elements(Json.At(config, "env")).Any(e => Json.Text(e) == "CONFORM=1");
        var policy = Json.Text(config, "restartPolicy", "type") == "NO";
        var port = Json.Elements(Json.At(config, "portMappings")).Any(p => Json.Number(p, "hostPort") == 15080 && Json.Number(p, "containerPort") == 80);
        Trial.Expect(env && policy && port, Lifecycle.Config, Json.Show(config), whole.Entry);
    }

    private static async Task DefaultsAsync(Trial trial)
    {
        var (whole, status) = await StatusAsync(trial);
        var config = Json.At(status, "config");
        var ports = Json.Elements(Json.At(config, "portMappings")).All(p => Json.Number(p, "hostPortEnd") == 15080 && Json.Text(p, "proto") == "tcp");
        Trial.Expect(
            Json.Text(config, "networkMode") == "BRIDGE" && Json.Text(config, "log", "type") == "JSON_FILE" && ports,
            "networkMode BRIDGE, log JSON_FILE, proto tcp, hostPortEnd 15080", Json.Show(config), whole.Entry);
    }

    private static async Task<(DeviceMessage Whole, System.Text.Json.JsonElement? Status)> StatusAsync(Trial trial)
    {
        var scene = await trial.SeeAsync(Lifecycle.Configured);
        var whole = trial.Device.Said(scene.From, scene.To).FirstOrDefault(m => m.IsWhole && m.Container == scene.Known)
            ?? throw new NotApplicableException("the container was not registered");
        return (whole, Json.At(whole.Value, "properties", "status"));
    }
}
