using System.CommandLine;
using Leda.Harness.Device.Engines.Containerd;

namespace Leda.Harness.Device.Options;

/// <summary>What runs the containers.</summary>
internal sealed class EngineFlags
{
    private const string Simulated = "simulated";
    private const string RealContainers = "containerd";

    /// <summary>Where the engine's files are if the device keeps nothing.</summary>
    private const string Volatile = "/run/leda-harness";

    private readonly Option<string> _engine = new Option<string>("--engine")
    {
        Description = "What runs the containers.",
        DefaultValueFactory = _ => Simulated,
    }.AcceptOnlyFromAmong(Simulated, RealContainers);

    private readonly Option<string> _address = new("--containerd-address")
    {
        Description = "containerd's socket.",
        HelpName = "PATH",
        DefaultValueFactory = _ => ContainerdOptions.UsualAddress,
    };

    private readonly Option<string> _namespace = new("--containerd-namespace")
    {
        Description = "containerd's namespace for images and containers.",
        HelpName = "NAME",
        DefaultValueFactory = _ => ContainerdOptions.UsualNamespace,
    };

    public void AddTo(Command command)
    {
        command.Add(_engine);
        command.Add(_address);
        command.Add(_namespace);
    }

    /// <summary>Where real containers run; <see langword="null"/> if the simulation runs them.</summary>
    /// <param name="parsed">What was given.</param>
    /// <param name="data">The data directory, if any.</param>
    public ContainerdOptions? Read(ParseResult parsed, string? data)
    {
        if (parsed.GetRequiredValue(_engine) != RealContainers)
            return null;
        var name = parsed.GetRequiredValue(_namespace);
        return new ContainerdOptions
        {
            Address = parsed.GetRequiredValue(_address),
            Namespace = name,
            Directory = data is null ? Path.Combine(Volatile, name) : Path.Combine(data, "engine"),
        };
    }
}
