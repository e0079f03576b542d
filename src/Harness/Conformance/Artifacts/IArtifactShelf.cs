namespace Leda.Harness.Conformance.Artifacts;

/// <summary>Where files lie that the device is told to download.</summary>
internal interface IArtifactShelf
{
    /// <summary>Has this file from now on.</summary>
    /// <returns>Its address as the device can use it.</returns>
    string Offer(string file, string content);

    /// <summary>The address of a file that is not there.</summary>
    string Missing(string file);
}
