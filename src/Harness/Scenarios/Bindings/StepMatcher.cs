using System.Globalization;
using System.Text.RegularExpressions;
using Leda.Harness.Scenarios.Features;
using Reqnroll;

namespace Leda.Harness.Scenarios.Bindings;

/// <summary>Finds the one method that answers to a step: by kind, text and scope, by its parameters, then by the best scope.</summary>
internal sealed class StepMatcher(BindingRegistry registry)
{
    private readonly ArgumentConverter _converter = new(registry.Transformations);

    /// <param name="step">The step.</param>
    /// <param name="target">The scenario, for scopes.</param>
    /// <param name="culture">The binding culture.</param>
    /// <param name="table">The step's table, as it is to be handed over.</param>
    public StepMatch Match(Step step, ScopeTarget target, CultureInfo culture, DataTable? table)
    {
        var candidates = Candidates(step, target, table).ToArray();
        if (candidates.Length == 0) return Failed(Missing(step));

        // One method with two expressions for the same text is still one answer.
        var fitting = candidates.Where(candidate => WhyNot(candidate, culture) is null).DistinctBy(one => one.Binding.Method).ToArray();
        var best = fitting.Where(candidate => candidate.Score == fitting.Max(one => one.Score)).ToArray();
        return best switch
        {
            [var only] => new StepMatch(only.Binding, only.Values, null),
            [] => Unfit([.. candidates.DistinctBy(one => one.Binding.Method)], step, culture),
            _ => Failed(Ambiguous(step, best)),
        };
    }

    private IEnumerable<Candidate> Candidates(Step step, ScopeTarget target, DataTable? table)
    {
        foreach (var binding in registry.Steps)
        {
            if (!binding.Kinds.Contains(step.Kind)) continue;
            if (BindingScope.BestScore(binding.Scopes, target) is not { } score) continue;
            if (binding.Regex.Match(step.Text) is not { Success: true } match) continue;
            yield return new Candidate(binding, score, [.. Groups(match), .. Extra(step.DocString), .. Extra(table)]);
        }
    }

    private StepMatch Unfit(Candidate[] candidates, Step step, CultureInfo culture)
        => Failed(candidates is [var only] ? WhyNot(only, culture)! : Ambiguous(step, candidates));

    private Exception? WhyNot(Candidate candidate, CultureInfo culture)
    {
        var parameters = candidate.Binding.Method.GetParameters();
        if (parameters.Length != candidate.Values.Count)
        {
            return new BindingException(
                $"Parameter count mismatch! {MethodNames.Full(candidate.Binding.Method)} takes {parameters.Length} argument(s), the step gives {candidate.Values.Count}.");
        }

        return parameters
            .Select((parameter, index) => _converter.WhyNot(candidate.Values[index], parameter.ParameterType, culture))
            .FirstOrDefault(error => error is not null);
    }

    /// <summary>Groups that took no part are left out, not handed over as null.</summary>
    private static IEnumerable<string> Groups(Match match)
        => match.Groups.Values.Skip(1).Where(group => group.Success).Select(group => group.Value);

    private static IEnumerable<object> Extra(object? value) => value is null ? [] : [value];

    private static StepMatch Failed(Exception error) => new(null, [], error);

    /// <summary>The nearest misses are those that have the text and lack the keyword or the scope.</summary>
    private MissingStepDefinitionException Missing(Step step)
    {
        var misses = registry.Steps
            .Where(binding => binding.Regex.IsMatch(step.Text))
            .Select(binding => $"{Environment.NewLine}  {string.Join('/', binding.Kinds)}: {MethodNames.Full(binding.Method)}")
            .ToArray();
        var hint = misses.Length > 0 ? $" For another keyword or in another scope there is:{string.Concat(misses)}" : string.Empty;
        return new MissingStepDefinitionException($"No step definition answers to '{step.Kind} {step.Text}'.{hint}");
    }

    private static AmbiguousBindingException Ambiguous(Step step, IEnumerable<Candidate> candidates)
    {
        var lines = candidates.Select(candidate => $"{Environment.NewLine}  {MethodNames.Full(candidate.Binding.Method)}");
        return new AmbiguousBindingException($"More than one step definition answers to '{step.Kind} {step.Text}':{string.Concat(lines)}");
    }

    private sealed record Candidate(StepBinding Binding, int Score, IReadOnlyList<object> Values);
}
