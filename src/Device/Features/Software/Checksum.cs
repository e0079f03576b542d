using System.Security.Cryptography;

namespace Leda.Harness.Device.Features.Software;

/// <summary>Whether a file is the one that was meant (<c>kanto-container-management.md</c> 3.4.4).</summary>
internal static class Checksum
{
    private static readonly (string Key, string Name, Func<ReadOnlySpan<byte>, byte[]> Digest)[] _algorithms =
    [
        ("MD5", "md5", MD5.HashData),
        ("SHA1", "sha1", SHA1.HashData),
        ("SHA256", "sha256", SHA256.HashData),
    ];

    /// <summary>Whether there is any to compare with.</summary>
    public static bool IsGiven(IReadOnlyDictionary<string, string?>? checksums) => Find(checksums) is not null;

    /// <summary>Compares with the first that is given, in the order MD5, SHA1, SHA256; others are not looked at, and none is fine.</summary>
    /// <param name="file">The file.</param>
    /// <param name="checksums">Hex digits by algorithm; case and white space around them mean nothing.</param>
    /// <exception cref="SoftwareException">It is another file, or no such digest can be. One that is too long is an internal error: clients
    /// of the original wait for that.</exception>
    public static void Verify(ReadOnlySpan<byte> file, IReadOnlyDictionary<string, string?>? checksums)
    {
        if (Find(checksums) is not var (name, text, digest))
            return;
        var actual = digest(file);
        byte[] expected;
        try
        {
            expected = Convert.FromHexString(text.Trim());
        }
        catch (FormatException)
        {
            throw SoftwareException.Rejected($"the {name} hash is invalid: not a hex string of {actual.Length} bytes");
        }

        if (expected.Length > actual.Length)
            throw SoftwareException.Internal();
        if (!expected.AsSpan().SequenceEqual(actual))
            throw SoftwareException.Rejected($"{name} checksum does not match");
    }

    private static (string Name, string Text, Func<ReadOnlySpan<byte>, byte[]> Digest)? Find(IReadOnlyDictionary<string, string?>? checksums)
    {
        foreach (var (key, name, digest) in _algorithms)
        {
            if (checksums?.GetValueOrDefault(key) is { Length: > 0 } text)
                return (name, text, digest);
        }

        return null;
    }
}
