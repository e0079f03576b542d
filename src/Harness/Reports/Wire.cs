using Leda.Harness.Simulator.Referee;

namespace Leda.Harness.Reports;

/// <summary>How reports for programs spell verdicts and severities.</summary>
internal static class Wire
{
    /// <summary><c>OK</c>, <c>WARN</c> or <c>ERROR</c>. What nobody judges is OK.</summary>
    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.Error => "ERROR",
        Verdict.Warning => "WARN",
        _ => "OK",
    };

    /// <summary><c>info</c>, <c>warning</c> or <c>error</c>.</summary>
    public static string Of(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "info",
    };
}
