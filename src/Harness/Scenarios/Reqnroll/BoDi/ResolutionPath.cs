namespace Reqnroll.BoDi;

/// <summary>The types under construction, the innermost first: tells the way in error messages.</summary>
internal sealed record ResolutionPath(RegistrationKey Key, ResolutionPath? Outer)
{
    public override string ToString() => Outer is null ? Key.ToString() : $"{Outer} -> {Key}";
}
