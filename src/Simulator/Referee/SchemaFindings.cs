using Newtonsoft.Json.Linq;
using NJsonSchema.Validation;
using static NJsonSchema.Validation.ValidationErrorKind;

namespace Leda.Harness.Simulator.Referee;

/// <summary>Turns NJsonSchema's nested errors into flat findings, one for each thing that somebody has to change.</summary>
internal static class SchemaFindings
{
    public static IEnumerable<Finding> Of(ICollection<ValidationError> errors, Place place, string rule, Severity severity) =>
        Flatten(errors)
            .Select(error => new Finding(rule, severity, Where(error, place), SchemaWords.Expected(error), SchemaWords.Seen(error), SchemaWords.Hint(error)))
            .Distinct()
            .Take(Judgement.MostFindings);

    private static List<ValidationError> Flatten(ICollection<ValidationError> errors)
    {
        var flat = errors.SelectMany(Flatten).ToList();
        var wrongKind = flat.Where(IsWrongKind).Select(error => error.Token).ToHashSet();

        // NJsonSchema also misses the members of what is no object: the wrong kind says it all.
        flat.RemoveAll(error => !IsWrongKind(error) && wrongKind.Contains(error.Token));
        return flat;
    }

    private static List<ValidationError> Flatten(ValidationError error) => error switch
    {
        ChildSchemaValidationError { Kind: NotAnyOf or NotOneOf } choice => Nearest(choice),
        ChildSchemaValidationError parts => parts.Errors.Values.SelectMany(Flatten).ToList(),
        _ => [error],
    };

    /// <summary>
    /// Of several alternatives the one that the sender most likely meant: with the fewest deviations, and of the right kind at all. The
    /// choice itself is the finding if there is no such alternative.
    /// </summary>
    private static List<ValidationError> Nearest(ChildSchemaValidationError choice)
    {
        var nearest = choice.Errors.Values
            .Select(Flatten)
            .Where(errors => errors.Count > 0 && !errors.Exists(error => error.Token == choice.Token && IsWrongKind(error)))
            .MinBy(errors => errors.Count);
        return nearest ?? [choice];
    }

    private static string Where(ValidationError error, Place place) => error switch
    {
        { Kind: PropertyRequired, Token: { } parent, Property: { } name } => place.Of(parent, name),
        { Token: JToken token } => place.Of(token),
        _ => place.At,
    };

    private static bool IsWrongKind(ValidationError error) => error.Kind
        is StringExpected or NumberExpected or IntegerExpected or BooleanExpected or ObjectExpected or ArrayExpected or NullExpected or NoTypeValidates;
}
