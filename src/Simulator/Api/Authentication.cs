using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Leda.Harness.Simulator.Policies;
using Microsoft.AspNetCore.Http;

namespace Leda.Harness.Simulator.Api;

/// <summary>Who sends a request (<c>ditto.md</c> 4.3): a user with a password, as the nginx before Ditto asks for, or whoever a trusted
/// gateway says.</summary>
internal sealed class Authentication(ApiOptions options)
{
    private const string PreAuthenticated = "x-ditto-pre-authenticated";

    /// <summary>The caller; <see langword="null"/> if nobody can be recognised.</summary>
    public Caller? Find(HttpRequest request)
    {
        if (options.PreAuthenticated && Subjects(request) is { Length: > 0 } subjects)
            return Caller.Of([.. subjects]);
        return User(request.Headers.Authorization) is { } user ? Caller.Of(ApiOptions.SubjectOf(user)) : null;
    }

    private static string[] Subjects(HttpRequest request) =>
        ((string?)request.Headers[PreAuthenticated] ?? (string?)request.Query[PreAuthenticated] ?? "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private string? User(string? authorization)
    {
        if (!AuthenticationHeaderValue.TryParse(authorization, out var value) || !value.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
            return null;
        var bytes = new byte[value.Parameter?.Length ?? 0];
        if (!Convert.TryFromBase64String(value.Parameter ?? "", bytes, out var length))
            return null;
        var (user, password) = Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [var u, var p] ? (u, p) : ("", "");
        var expected = options.Users.GetValueOrDefault(user);
        return expected is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(password))
            ? user
            : null;
    }
}
