namespace Leda.Harness.Device.Engines.Containerd.Images;

/// <summary>An image that is here and unpacked.</summary>
/// <param name="Top">The snapshot of all its layers.</param>
/// <param name="Config">Its configuration, the JSON text.</param>
internal sealed record LocalImage(string Top, byte[] Config);
