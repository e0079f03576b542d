using System.Text.Json;

namespace Leda.Harness.Simulator.Policies;

/// <summary>What a policy grants or revokes (<c>ditto.md</c> 2.5). Other words are kept in a policy's JSON and mean nothing.</summary>
[Flags]
public enum Permissions
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><c>READ</c>: to see a thing or policy, to receive messages.</summary>
    Read = 1,

    /// <summary><c>WRITE</c>: to change a thing or policy, to send messages. Does not include reading.</summary>
    Write = 2,

    /// <summary><c>EXECUTE</c>: to run a policy's actions.</summary>
    Execute = 4,

    /// <summary>All three.</summary>
    All = Read | Write | Execute,
}

/// <summary>The wire's words for <see cref="Permissions"/>.</summary>
internal static class PermissionNames
{
    /// <summary>The permission of that name; <see cref="Permissions.None"/> for a word that Ditto gives no meaning.</summary>
    public static Permissions Parse(string? name) => name switch
    {
        "READ" => Permissions.Read,
        "WRITE" => Permissions.Write,
        "EXECUTE" => Permissions.Execute,
        _ => Permissions.None,
    };

    /// <summary>The permissions of an array of names.</summary>
    /// <returns><see langword="null"/> if it is no array of strings.</returns>
    public static Permissions? ParseAll(JsonElement names)
    {
        if (names.ValueKind != JsonValueKind.Array)
            return null;
        var all = Permissions.None;
        foreach (var name in names.EnumerateArray())
        {
            if (name.ValueKind != JsonValueKind.String)
                return null;
            all |= Parse(name.GetString());
        }

        return all;
    }
}
