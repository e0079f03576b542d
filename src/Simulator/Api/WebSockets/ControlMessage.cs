using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Leda.Harness.Simulator.Api.WebSockets;

/// <summary>A frame that starts or stops a subscription, <c>START-SEND-EVENTS?filter=…&amp;namespaces=…</c> (<c>ditto.md</c> 5.2).</summary>
/// <param name="Command">The command without its parameters, for example <c>STOP-SEND-MESSAGES</c>.</param>
/// <param name="IsStart">Whether it starts one.</param>
/// <param name="Kind">What is to be sent.</param>
/// <param name="Parameters">The parameters, decoded; of several with one name the last counts.</param>
internal sealed record ControlMessage(string Command, bool IsStart, SignalKind Kind, IReadOnlyDictionary<string, string> Parameters)
{
    private static readonly (string Command, bool IsStart, SignalKind Kind)[] _commands =
    [
        .. Enum.GetValues<SignalKind>().SelectMany(k => new[] { ($"START-SEND-{k.Name()}", true, k), ($"STOP-SEND-{k.Name()}", false, k) }),
    ];

    /// <summary>What the client is told when it is done.</summary>
    public string Acknowledgement => $"{Command}:ACK";

    /// <summary>Reads one; the command is recognised by the beginning of the text alone, as Ditto does.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ControlMessage? message)
    {
        message = null;
        foreach (var (command, isStart, kind) in _commands)
        {
            if (text.StartsWith(command, StringComparison.Ordinal))
                message = new ControlMessage(command, isStart, kind, Read(text[command.Length..]));
        }

        return message is not null;
    }

    /// <summary>Parameters as clients write them: form-encoded (Java, JavaScript) or not at all (Kanto's suites).</summary>
    private static Dictionary<string, string> Read(string query)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!query.StartsWith('?'))
            return parameters;
        foreach (var parameter in query[1..].TrimEnd().Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            if (parameter.Split('=', 2) is [var name, var value])
                parameters[WebUtility.UrlDecode(name)] = WebUtility.UrlDecode(value);
        }

        return parameters;
    }
}
