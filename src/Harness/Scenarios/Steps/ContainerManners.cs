using System.Text.RegularExpressions;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Scenarios.Steps;

/// <summary>
/// What a scenario says of a container, as the configuration that makes the simulated engine behave so: clauses that are joined by "and",
/// for example <c>exits with code 3 after 200 milliseconds and restarts ON_FAILURE at most 2 times</c>.
/// </summary>
internal static partial class ContainerManners
{
    private static readonly (Regex Clause, Func<ContainerConfig, GroupCollection, ContainerConfig> Apply)[] _clauses =
    [
        (ExitsAfter(), (config, said) => config.Told($"SIM_EXIT_CODE={said[1]}", $"SIM_EXIT_AFTER={said[2]}ms")),
        (EndsWith(), (config, said) => config.Told($"SIM_EXIT_CODE={said[1]}")),
        (OutOfMemory(), (config, said) => config.Told($"SIM_OOM_AFTER={said[1]}ms")),
        (Ignores(), (config, said) => config.Told($"SIM_IGNORE={said[1]}")),
        (CannotStart(), (config, said) => config.Told($"SIM_START_ERROR={said[1]}")),
        (UsesProcessors(), (config, said) => config.Told($"SIM_CPU={said[1]}")),
        (UsesMemory(), (config, said) => config.Told($"SIM_MEMORY={said[1]}")),
        (HasLimit(), (config, said) => config with { Resources = new Resources { Memory = said[1].Value } }),
        (Restarts(), (config, said) => config with
        {
            RestartPolicy = new RestartPolicy { Type = said[1].Value, MaxRetryCount = said[2].Success ? long.Parse(said[2].ValueSpan) : 0 },
        }),
    ];

    /// <summary>The configuration of a container of which this is said.</summary>
    /// <exception cref="ExpectationException">A clause is unknown.</exception>
    public static ContainerConfig Read(string said) => said.Split(" and ").Aggregate(new ContainerConfig(), (config, text) =>
    {
        foreach (var (clause, apply) in _clauses)
        {
            if (clause.Match(text) is { Success: true } match)
                return apply(config, match.Groups);
        }

        throw new ExpectationException(
            $"to know what it means that a container \"{text}\"; known is:\n{string.Join("\n", _clauses.Select(c => $"  {c.Clause}"))}", []);
    });

    private static ContainerConfig Told(this ContainerConfig config, params string[] variables) =>
        config with { Env = [.. config.Env ?? [], .. variables] };

    [GeneratedRegex(@"^exits with code (\d+) after (\d+) milliseconds$")]
    private static partial Regex ExitsAfter();

    [GeneratedRegex(@"^exits with code (\d+) when told to$")]
    private static partial Regex EndsWith();

    [GeneratedRegex(@"^runs out of memory after (\d+) milliseconds$")]
    private static partial Regex OutOfMemory();

    [GeneratedRegex(@"^ignores (\w+)$")]
    private static partial Regex Ignores();

    [GeneratedRegex("^cannot start because of \"(.+)\"$")]
    private static partial Regex CannotStart();

    [GeneratedRegex(@"^uses (\d+) % of the processors$")]
    private static partial Regex UsesProcessors();

    [GeneratedRegex(@"^uses (\w+) of memory$")]
    private static partial Regex UsesMemory();

    [GeneratedRegex(@"^may use (\w+) of memory$")]
    private static partial Regex HasLimit();

    [GeneratedRegex(@"^restarts (\w+)(?: at most (\d+) times)?$")]
    private static partial Regex Restarts();
}
