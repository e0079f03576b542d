namespace Leda.Harness.Device.Engines.Simulated;

/// <summary>A quantity that goes evenly from <paramref name="Low"/> to <paramref name="High"/> and back, again and again.</summary>
/// <param name="Low">Where it begins.</param>
/// <param name="High">Where it turns; not less than <paramref name="Low"/>.</param>
/// <param name="Period">From one beginning to the next; positive.</param>
/// <param name="Returns">Whether it goes back; otherwise it stays at <paramref name="High"/>.</param>
internal sealed record Curve(double Low, double High, TimeSpan Period, bool Returns = true)
{
    /// <summary>Always the same.</summary>
    public static Curve Flat(double value) => new(value, value, TimeSpan.FromMinutes(1));

    /// <summary>The value after so much time.</summary>
    public double At(TimeSpan time)
    {
        var half = Period / 2;
        var phase = Phase(time);
        return Low + ((High - Low) * (phase <= half ? phase / half : (Period - phase) / half));
    }

    /// <summary>Value times seconds, from the beginning until this time.</summary>
    public double SumUntil(TimeSpan time)
    {
        if (!Returns && time > Period / 2)
            return Rising(Period / 2) + (High * (time - (Period / 2)).TotalSeconds);
        var phase = Phase(time);
        var whole = 2 * Rising(Period / 2);
        return (whole * (long)(time / Period)) + (phase <= Period / 2 ? Rising(phase) : whole - Rising(Period - phase));
    }

    /// <summary>When the value is more than <paramref name="limit"/> for the first time from <paramref name="time"/> on, if ever.</summary>
    public TimeSpan? Exceeds(double limit, TimeSpan time)
    {
        if (At(time) > limit)
            return time;
        if (High <= limit || (!Returns && time > Period / 2))
            return null;
        var crossing = Period / 2 * (Math.Max(limit - Low, 0) / (High - Low));
        return Phase(time) <= crossing ? time - Phase(time) + crossing : time - Phase(time) + Period + crossing;
    }

    private TimeSpan Phase(TimeSpan time) =>
        Returns ? TimeSpan.FromTicks(time.Ticks % Period.Ticks) : time < Period / 2 ? time : Period / 2;

    private double Rising(TimeSpan phase) =>
        (Low * phase.TotalSeconds) + ((High - Low) * phase.TotalSeconds * phase.TotalSeconds / Period.TotalSeconds);
}
