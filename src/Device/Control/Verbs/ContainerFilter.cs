using System.Globalization;
using Leda.Harness.Device.Control.Wire;

namespace Leda.Harness.Device.Control.Verbs;

/// <summary>Which containers are listed; text is compared ignoring case, and the last filter of a kind counts.</summary>
internal sealed record ContainerFilter
{
    private string? Status { get; init; }

    private string? Image { get; init; }

    private long? ExitCode { get; init; }

    /// <summary>Reads <c>status=…</c>, <c>image=…</c> and <c>exitcode=…</c>.</summary>
    /// <exception cref="VerbException">There is no such filter.</exception>
    public static ContainerFilter Parse(IEnumerable<string> filters) => filters.Aggregate(new ContainerFilter(), (all, text) =>
        text.Split('=', 2) switch
        {
            ["status", var status] => all with { Status = status },
            ["image", var image] => all with { Image = image },
            ["exitcode", var code] => all with { ExitCode = Number(code) },
            [var other, ..] => throw new VerbException($"no filter: {other}"),
            [] => all,
        });

    /// <summary>Whether a container is listed.</summary>
    public bool Takes(Container container) =>
        Same(Status, container.State?.Status) && Same(Image, container.Image?.Name) && (ExitCode is null || ExitCode == (container.State?.ExitCode ?? 0));

    private static bool Same(string? wanted, string? given) =>
        string.IsNullOrEmpty(wanted) || string.Equals(wanted, given, StringComparison.OrdinalIgnoreCase);

    // −1 means any, as in the original.
    private static long? Number(string code) =>
        !long.TryParse(code, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? throw new VerbException($"strconv.Atoi: parsing \"{code}\": invalid syntax")
            : number == -1 ? null : number;
}
