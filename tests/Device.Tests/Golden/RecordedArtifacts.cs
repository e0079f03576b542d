using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Leda.Harness.Device.Tests.Support;

namespace Leda.Harness.Device.Tests.Golden;

/// <summary>
/// The recorded checksums belong to files that are not ours. What was right is right for ours, what was the value of another algorithm
/// still is that, and what belonged to no file still does not match.
/// </summary>
internal static class RecordedArtifacts
{
    private static readonly Dictionary<string, Func<byte[], byte[]>> _algorithms = new(StringComparer.Ordinal)
    {
        ["MD5"] = MD5.HashData,
        ["SHA1"] = SHA1.HashData,
        ["SHA256"] = SHA256.HashData,
    };

    public static string ForOurs(string command, MemoryArtifacts artifacts)
    {
        var envelope = JsonNode.Parse(command)!;
        var modules = (envelope["value"] as JsonObject)?["softwareModules"]?.AsArray() ?? [];
        foreach (var artifact in modules.SelectMany(m => m!["artifacts"]!.AsArray()))
        {
            if (artifacts.Files.TryGetValue(artifact!["filename"]!.GetValue<string>(), out var file))
                Recompute(artifact["checksums"]!.AsObject(), file);
        }

        return modules.Count > 0 ? envelope.ToJsonString() : command;
    }

    private static void Recompute(JsonObject checksums, byte[] file)
    {
        foreach (var key in checksums.Select(c => c.Key).ToList())
        {
            var digits = checksums[key]!.GetValue<string>().Length;
            checksums[key] = Convert.ToHexStringLower(_algorithms.Values.Select(digest => digest(file)).Single(d => d.Length * 2 == digits));
        }
    }
}
