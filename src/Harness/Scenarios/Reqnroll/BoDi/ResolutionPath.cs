namespace Reqnroll.BoDi;

/// <summary>The types under construction, the outermost last: finds circles and tells the way in error messages.</summary>
internal sealed record ResolutionPath(RegistrationKey Key, ResolutionPath? Outer)
{
    public bool Contains(RegistrationKey key) => Key == key || Outer?.Contains(key) == true;

    public override string ToString() => Outer is null ? Key.ToString() : $"{Outer} -> {Key}";
}
