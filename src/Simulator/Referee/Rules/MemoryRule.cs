using System.Globalization;
using System.Text.Json;
using static Leda.Harness.Simulator.Referee.Rules.Examples;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>SEM-09. The device answers 500, so this is no error of the message.</summary>
internal sealed class MemoryRule : SignalRule
{
    private const long Least = 3L << 20;

    public override string Id => Rule.Memory;

    public override Severity Severity => Severity.Warning;

    public override string Sentence => "memory is at least 3M, memoryReservation at most memory, and memorySwap at least memory, or -1.";

    public override string Hint => "Choose 3M ≤ memoryReservation ≤ memory ≤ memorySwap, or -1 for swap without limit.";

    public override string Source => "payloads.md 5, SEM-09";

    public override IReadOnlyList<ExampleMessage> Passing => [CreateWith("""{"resources":{"memory":"200M","memoryReservation":"100M","memorySwap":"-1"}}""")];

    public override IReadOnlyList<ExampleMessage> Failing => [CreateWith("""{"resources":{"memory":"200M","memoryReservation":"300M"}}""")];

    public override void Check(Signal signal, List<Finding> findings)
    {
        foreach (var (config, at) in signal.ContainerSettings)
            CheckOne(config, at, findings);
    }

    private void CheckOne(JsonElement config, string at, List<Finding> findings)
    {
        if (config.Member("resources"u8) is not { } resources || resources.Text("memory"u8) is not { } text || Bytes(text) is not { } memory)
            return;
        if (memory < Least)
            findings.Add(Found($"{at}/resources/memory", "3M or more", $"'{Words.Short(text)}'"));
        if (resources.Text("memoryReservation"u8) is { } reservation && Bytes(reservation) > memory)
            findings.Add(Found($"{at}/resources/memoryReservation", $"at most memory, '{Words.Short(text)}'", $"'{Words.Short(reservation)}'"));
        if (resources.Text("memorySwap"u8) is { } swap && Bytes(swap) < memory)
            findings.Add(Found($"{at}/resources/memorySwap", $"at least memory, '{Words.Short(text)}', or \"-1\"", $"'{Words.Short(swap)}'"));
    }

    /// <summary>A size such as <c>1.5G</c>; <see langword="null"/> for everything else, which the schema speaks about.</summary>
    private static double? Bytes(string size)
    {
        var unit = size.Length > 0 ? char.ToUpperInvariant(size[^1]) switch { 'K' => 1L << 10, 'M' => 1L << 20, 'G' => 1L << 30, _ => 0 } : 0;
        return unit > 0 && double.TryParse(size.AsSpan(0, size.Length - 1).Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
            ? count * unit
            : null;
    }
}
