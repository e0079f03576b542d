namespace Leda.Harness.Protocol.Updates;

/// <summary>
/// Where an update manager and the update agent of one domain meet (<c>kanto-container-management.md</c> 3.5, <c>payloads.md</c> c.1):
/// <c>containersupdate/desiredstate</c> and its sisters for the domain <c>containers</c>.
/// </summary>
public sealed record UpdateTopics
{
    private const string Suffix = "update";

    private UpdateTopics(string prefix)
    {
        DesiredState = $"{prefix}/desiredstate";
        Command = $"{prefix}/desiredstate/command";
        CurrentStateGet = $"{prefix}/currentstate/get";
        CurrentState = $"{prefix}/currentstate";
        Feedback = $"{prefix}/desiredstatefeedback";
    }

    /// <summary>To the agent: a <see cref="Updates.DesiredState"/>.</summary>
    public string DesiredState { get; }

    /// <summary>To the agent: a <see cref="DesiredStateCommand"/>.</summary>
    public string Command { get; }

    /// <summary>To the agent: an envelope without a payload.</summary>
    public string CurrentStateGet { get; }

    /// <summary>From the agent, retained: an <see cref="Inventory"/>.</summary>
    public string CurrentState { get; }

    /// <summary>From the agent: a <see cref="DesiredStateFeedback"/>.</summary>
    public string Feedback { get; }

    /// <summary>The topics of a domain: its dashes are left out, and <c>update</c> is added unless it ends so already.</summary>
    /// <param name="domain">For example <c>containers</c> or <c>self-update</c>.</param>
    /// <exception cref="ArgumentException">There can be no topics of this domain, see <see cref="Check"/>.</exception>
    public static UpdateTopics Of(string domain)
    {
        if (Check(domain) is { } problem)
            throw new ArgumentException(problem, nameof(domain));
        var prefix = domain.Replace("-", "", StringComparison.Ordinal);
        return new UpdateTopics(prefix.EndsWith(Suffix, StringComparison.Ordinal) ? prefix : prefix + Suffix);
    }

    /// <summary>Why a domain cannot have this name, for people, or <see langword="null"/>.</summary>
    public static string? Check(string domain) =>
        string.IsNullOrWhiteSpace(domain) || domain.AsSpan().ContainsAny("/+#:\0")
            ? $"'{domain}' is no domain of updates; expected a name such as containers, without / + # and :"
            : null;
}
