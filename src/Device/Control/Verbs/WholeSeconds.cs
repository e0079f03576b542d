using Leda.Harness.Protocol;

namespace Leda.Harness.Device.Control.Verbs;

/// <summary>How long something may take, as <c>--time</c> says it.</summary>
internal static class WholeSeconds
{
    /// <summary>A duration of Go in whole seconds, rounded; 0, which is the device's usual time, for no text.</summary>
    /// <exception cref="VerbException">The text is no duration.</exception>
    public static long Of(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return 0;
        if (!GoDuration.TryParse(text, out var duration, out var problem))
            throw new VerbException(problem);
        return (long)Math.Round(duration.ToTimeSpan().TotalSeconds, MidpointRounding.AwayFromZero);
    }
}
