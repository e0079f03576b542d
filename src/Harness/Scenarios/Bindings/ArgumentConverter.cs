using System.Globalization;
using Reqnroll;
using Reqnroll.BoDi;

namespace Leda.Harness.Scenarios.Bindings;

/// <summary>Makes a method's arguments from what a step gives: by a transformation, if one fits, else by the standard conversion.</summary>
internal sealed class ArgumentConverter(IReadOnlyList<TransformationBinding> transformations)
{
    /// <summary>Whether a value can be had, without calling anybody's transformation.</summary>
    /// <returns>Why not, or null.</returns>
    public Exception? WhyNot(object value, Type target, CultureInfo culture)
        => Find(value, target, culture, []) is null ? StandardConversion.TryConvert(value, target, culture, out _) : null;

    /// <exception cref="Exception">What the conversion or the transformation throws.</exception>
    public Task<object?> ConvertAsync(object value, Type target, BindingFlow flow, IObjectContainer container)
        => ConvertAsync(value, target, flow, container, []);

    private async Task<object?> ConvertAsync(
        object value, Type target, BindingFlow flow, IObjectContainer container, IReadOnlyList<TransformationBinding> within)
    {
        if (Find(value, target, flow.Culture, within) is not { } transformation)
        {
            if (StandardConversion.TryConvert(value, target, flow.Culture, out var converted) is { } error) throw error;
            return converted;
        }

        var parameters = transformation.Method.GetParameters();
        var values = ValuesFor(transformation, value);
        if (values.Length != parameters.Length)
            throw new BindingException($"Parameter count mismatch! {MethodNames.Full(transformation.Method)} gets {values.Length} value(s) from '{value}'.");

        var arguments = new object?[values.Length];
        for (var i = 0; i < values.Length; i++)
            arguments[i] = await ConvertAsync(values[i], parameters[i].ParameterType, flow, container, [.. within, transformation]);
        return await flow.InvokeAsync(transformation.Method, container, arguments);
    }

    /// <summary>A transformation does not help to make its own parameters, or one from number to number would never end.</summary>
    private TransformationBinding? Find(object value, Type target, CultureInfo culture, IReadOnlyList<TransformationBinding> within)
        => transformations.FirstOrDefault(one => one.Makes == target && !within.Contains(one) && Accepts(one, value, culture, within));

    private bool Accepts(TransformationBinding transformation, object value, CultureInfo culture, IReadOnlyList<TransformationBinding> within)
    {
        if (transformation.Regex is { } regex) return value is string text && regex.IsMatch(text);
        if (transformation.Method.GetParameters() is not [var only]) return false;
        return Find(value, only.ParameterType, culture, [.. within, transformation]) is not null
            || StandardConversion.TryConvert(value, only.ParameterType, culture, out _) is null;
    }

    private static object[] ValuesFor(TransformationBinding transformation, object value)
        => transformation.Regex is { } regex ? [.. regex.Match((string)value).Groups.Values.Skip(1).Select(group => group.Value)] : [value];
}
