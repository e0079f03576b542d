using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Tests.Support;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Tests.Outside.Kills;

/// <summary>
/// Thinks of commands and knows what they may have done: what was answered has happened, what was not may have. Containers go by their
/// names, since the id of one whose creation was not answered is not known.
/// </summary>
/// <param name="chance">What comes next.</param>
/// <param name="artifacts">Where the artifacts of installations are: below it the container's name.</param>
/// <param name="engine">What the device runs its containers with.</param>
internal sealed class Expectations(IdSource chance, string artifacts, KilledEngine engine)
{
    private const string Gone = "gone";
    private const int Enough = 12;

    private readonly Dictionary<string, Known> _known = new(StringComparer.Ordinal);
    private readonly List<Pending> _pending = [];
    private int _commands;
    private bool _registered;

    /// <summary>How many commands were sent in this life.</summary>
    public int Sent { get; private set; }

    /// <summary>How many containers there were at most.</summary>
    public int Most { get; private set; }

    /// <summary>How many containers came from installations.</summary>
    public int Installed { get; private set; }

    /// <summary>The next command.</summary>
    public (string Correlation, string Feature, string Operation, string Value) Next()
    {
        Sent++;
        var correlation = $"c{_commands++}";
        var idle = _known.Values.Where(k => _pending.TrueForAll(p => p.Name != k.Name)).ToList();
        var kind = chance.Next(0, 10);
        if (kind < 2 && _known.Count < Enough)
        {
            _pending.Add(new(correlation, correlation, [ContainerState.Created, ContainerState.Running], OnlyBegins: true));
            return (correlation, "SoftwareUpdatable", "install",
                $$$$"""{"correlationId":"{{{{correlation}}}}","softwareModules":[{"softwareModule":{"name":"n","version":"1"},"artifacts":[{"filename":"f","download":{"HTTP":{"url":"{{{{artifacts}}}}/{{{{correlation}}}}"}},"checksums":{},"size":1}]}]}""");
        }

        if (idle.Count == 0 || (kind < 4 && _known.Count < Enough))
        {
            var start = chance.Next(0, 2) == 0;
            var policy = chance.Next(0, 2) == 0 ? "NO" : "UNLESS_STOPPED";
            _pending.Add(new(correlation, correlation, start ? [ContainerState.Created, ContainerState.Running] : [ContainerState.Created]));
            return (correlation, "ContainerFactory", "createWithConfig",
                $$$$"""{"imageRef":"{{{{engine.Image}}}}","name":"{{{{correlation}}}}","start":{{{{(start ? "true" : "false")}}}},"config":{"restartPolicy":{"type":"{{{{policy}}}}"}}}""");
        }

        var (name, id, _, _) = idle[chance.Next(0, idle.Count)];
        var (operation, value, outcome) = kind switch
        {
            < 6 => ("start", "{}", ContainerState.Running),
            < 8 => ("stop", "{}", ContainerState.Stopped),
            _ => ("remove", "true", Gone),
        };
        _pending.Add(new(correlation, name, [outcome]));
        return (correlation, $"Container:{id}", operation, value);
    }

    /// <summary>These answers have come.</summary>
    public void Answered(IEnumerable<KeyValuePair<string, Answer>> answers)
    {
        foreach (var (correlation, answer) in answers)
        {
            if (_pending.Find(p => p.Correlation == correlation) is not { OnlyBegins: false } done)
                continue;
            _pending.Remove(done);
            if (answer.Status == 200)
                _known[done.Name] = new(done.Name, answer.Envelope.Value!.Value.GetString()!, done.Outcomes[^1]);
            else if (answer.Status == 204 && done.Outcomes[^1] == Gone)
                _known.Remove(done.Name);
            else if (answer.Status == 204)
                _known[done.Name] = _known[done.Name] with { State = done.Outcomes[^1] };
        }
    }

    /// <summary>After a kill: each container is as an answered command left it, or as one without an answer would have. What is there is
    /// known from now on.</summary>
    public void Check(Disk disk, string life)
    {
        var found = disk.Containers();
        foreach (var name in _known.Keys.Union(found.Keys, StringComparer.Ordinal).ToList())
        {
            var state = found.GetValueOrDefault(name)?.State.Status ?? Gone;
            var possible = _pending.Where(p => p.Name == name).SelectMany(p => p.Outcomes).Concat(Before(name)).ToList();
            Assert.True(possible.Contains(state), $"{life}: {name} is {state} on disk; possible are {string.Join(", ", possible)}");
        }

        var touched = _pending.Select(p => p.Name).Concat(_known.Values.Where(k => k.Touched && !_registered).Select(k => k.Name)).ToHashSet(StringComparer.Ordinal);
        Installed += _pending.Count(p => p.OnlyBegins && found.ContainsKey(p.Name));
        _known.Clear();
        foreach (var (name, container) in found)
            _known[name] = new(name, container.Id, container.State.Status, touched.Contains(name));
        _pending.Clear();
        _registered = false;
        Sent = 0;
        Most = Math.Max(Most, found.Count);
    }

    /// <summary>After a restart: what is registered is what is on disk and what the twin has, each once, and as it was or brought back.</summary>
    public void CheckRegistered(Observer observer, Disk disk, string life)
    {
        _registered = true;
        Assert.Empty(disk.Leftovers());
        var ids = _known.Values.Select(k => k.Id).Order(StringComparer.Ordinal).ToList();
        var features = observer.Registered.Where(m => m.Value is not null && m.Path.Contains("Container:", StringComparison.Ordinal)).ToList();
        Assert.Equal(ids, features.Select(m => ContainerFeature.ContainerOf(m.Path["/features/".Length..])!).Order(StringComparer.Ordinal));
        Assert.Equal(ids, disk.Homes().Select(home => Path.GetFileName(home)!).Order(StringComparer.Ordinal));
        Assert.Equal(ids, observer.Twin.Order(StringComparer.Ordinal));
        var software = observer.Registered.Single(m => m.Path == "/features/SoftwareUpdatable").Value!.Value.GetProperty("properties").GetProperty("status");
        Assert.Equal(ids, software.TryGetProperty("installedDependencies", out var installed) && installed.ValueKind == System.Text.Json.JsonValueKind.Object
            ? installed.EnumerateObject().Select(m => m.Value.GetProperty("name").GetString()!).Order(StringComparer.Ordinal)
            : []);
        foreach (var feature in features)
        {
            var status = feature.Value!.Value.GetProperty("properties").GetProperty("status");
            var name = status.GetProperty("name").GetString()!;
            var policy = status.GetProperty("config").GetProperty("restartPolicy").GetProperty("type").GetString();
            var state = status.GetProperty("state").GetProperty("status").GetString()!;
            Assert.True(
                AfterRestart(_known[name], policy!).Contains(state), $"{life}: {name} with policy {policy} was {_known[name].State} on disk and is {status.GetProperty("state")}");
            _known[name] = _known[name] with { State = state, Touched = false };
        }
    }

    /// <summary>As it was. A device that was killed before it had registered may or may not have noticed how its processes are, and may
    /// or may not have started them again.</summary>
    private IEnumerable<string> Before(string name) => _known.GetValueOrDefault(name) switch
    {
        null => [Gone],
        { State: ContainerState.Running or ContainerState.Exited } when !_registered => [ContainerState.Running, ContainerState.Exited],
        { Touched: true } known when !_registered && engine.KeepsProcesses => [known.State, ContainerState.Running],
        var known => [known.State],
    };

    /// <summary>What a container that had this state on disk may be. Its process ends with the device, or it does not; then a command
    /// without an answer may have changed that before it could be written down.</summary>
    private IEnumerable<string> AfterRestart(Known known, string policy)
    {
        if (!engine.KeepsProcesses || !known.Touched)
            return [Left(known.State, policy)];
        return known.State == ContainerState.Running ? [ContainerState.Running, Left(ContainerState.Exited, policy)] : [Left(known.State, policy), ContainerState.Running];
    }

    private string Left(string state, string policy) => (state, policy) switch
    {
        (ContainerState.Running, RestartRules.No) when !engine.KeepsProcesses => ContainerState.Exited,
        (ContainerState.Exited, RestartRules.UnlessStopped) => ContainerState.Running,
        _ => state,
    };

    /// <param name="Name">Its name.</param>
    /// <param name="Id">Its id.</param>
    /// <param name="State">Its state as far as known.</param>
    /// <param name="Touched">Whether a command for it had no answer when the device was killed, and no device has registered since.</param>
    private sealed record Known(string Name, string Id, string State, bool Touched = false);

    /// <summary>A command without an answer, and what it brings a container to, the last one last. The answer to an installation comes
    /// before anything is done.</summary>
    private sealed record Pending(string Correlation, string Name, IReadOnlyList<string> Outcomes, bool OnlyBegins = false);
}
