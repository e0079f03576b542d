using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Simulator.Twins;

/// <summary>What somebody wants to see of a thing: a part of it, or of that part the selected fields (<c>ditto.md</c> 4.1).</summary>
public sealed class TwinView
{
    private readonly FieldSelector? _fields;
    private readonly bool _full;

    private TwinView(ResourcePath path, FieldSelector? fields)
    {
        Path = path;
        _fields = fields;
        _full = path.Kind == ResourceKind.Thing && fields is not null
            && fields.Pointers.Any(p => p.Segments is [var first, ..] && first.StartsWith('_'));
    }

    /// <summary>The part.</summary>
    public ResourcePath Path { get; }

    /// <summary>Whether the thing's policy is asked for.</summary>
    public bool WantsPolicy => _full && _fields!.Pointers.Any(p => p.Segments[0] == "_policy");

    /// <summary>Reads a view.</summary>
    /// <param name="path">The part.</param>
    /// <param name="fields">The selector; <see langword="null"/> for all that is shown by default.</param>
    /// <param name="view">The result.</param>
    /// <param name="error">What is wrong with the selector.</param>
    public static bool TryParse(
        ResourcePath path, string? fields, [NotNullWhen(true)] out TwinView? view, [NotNullWhen(false)] out DittoError? error)
    {
        FieldSelector? selector = null;
        error = null;
        if (fields is not null && !FieldSelector.TryParse(fields, out selector, out error, JsonPointer.Parse(path.ToString())))
        {
            view = null;
            return false;
        }

        view = new TwinView(path, selector);
        return true;
    }

    /// <summary>The value as it is to be seen, whoever sees it.</summary>
    /// <param name="thing">The thing.</param>
    /// <param name="policy">Its policy, if wanted and there.</param>
    /// <param name="value">The value.</param>
    /// <returns><see langword="false"/> if nothing stands at the path.</returns>
    public bool TryGet(Thing thing, JsonElement? policy, out JsonElement value)
    {
        if (_full)
            value = thing.ToFullJson(policy);
        else if (!thing.TryGet(Path, out value))
            return false;
        if (_fields is not null)
            value = _fields.Select(value);
        return true;
    }
}
