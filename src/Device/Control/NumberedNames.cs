namespace Leda.Harness.Device.Control;

/// <summary>Names on the control socket of what is a number in documents, in order of the numbers; the last one stands for all others.</summary>
internal sealed class NumberedNames
{
    private readonly string[] _names;

    private NumberedNames(params string[] names) => _names = names;

    /// <summary>The statuses of <c>kanto-container-management.md</c> 5.1.</summary>
    public static NumberedNames Statuses { get; } = new("Creating", "Created", "Running", "Stopped", "Paused", "Exited", "Dead", "Unknown");

    /// <summary>When a hook runs (5.2).</summary>
    public static NumberedNames Hooks { get; } = new("Prestart", "Poststart", "Poststop", "Unknown");

    /// <summary>The name of a number.</summary>
    public string Of(int number) => number >= 0 && number < _names.Length ? _names[number] : _names[^1];

    /// <summary>The number of a name.</summary>
    public int Parse(string name) => Array.IndexOf(_names, name) is >= 0 and var number ? number : _names.Length - 1;
}
