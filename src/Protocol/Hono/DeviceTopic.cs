using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Leda.Harness.Protocol.Hono;

/// <summary>
/// A topic between a device and the cloud, in Eclipse Hono's grammar (<c>connectors-and-leda.md</c> 1.5, 1.6 and 7), long or short:
/// <c>e/tenant/device</c>, <c>t</c>, <c>command//device/req/request-id/subject</c>, <c>c//device/s/request-id/status</c>.
/// </summary>
public readonly record struct DeviceTopic
{
    /// <summary>What travels here.</summary>
    public DeviceTopicKind Kind { get; private init; }

    /// <summary>Whether it is written in the short form (<c>e</c>, <c>t</c>, <c>c/…/q</c>, <c>c/…/s</c>).</summary>
    public bool IsShort { get; private init; }

    /// <summary>The tenant; empty where the topic leaves it out, which means the gateway's own.</summary>
    public string Tenant { get; private init; }

    /// <summary>The device; empty where the topic leaves it out, which means the gateway itself.</summary>
    public string Device { get; private init; }

    /// <summary>What ties a command to its answer, opaque; empty for a one-way command and for events and telemetry.</summary>
    public string RequestId { get; private init; }

    /// <summary>A command's subject (the operation's name); otherwise empty.</summary>
    public string Subject { get; private init; }

    /// <summary>A response's HTTP-like status; otherwise 0.</summary>
    public int Status { get; private init; }

    /// <summary>What follows the device in event and telemetry topics, with its leading slash (<c>/?content-type=…</c>); usually empty.</summary>
    public string Tail { get; private init; }

    /// <summary>The topic of a device's events, short: <c>e/tenant/device</c>.</summary>
    public static DeviceTopic Event(string tenant, string device) =>
        new() { Kind = DeviceTopicKind.Event, IsShort = true, Tenant = tenant, Device = device, RequestId = "", Subject = "", Tail = "" };

    /// <summary>The topic of a command, long: <c>command//device/req/request-id/subject</c>.</summary>
    /// <param name="device">The device; empty for the gateway itself.</param>
    /// <param name="requestId">Empty for a one-way command.</param>
    /// <param name="subject">The operation's name.</param>
    public static DeviceTopic Command(string device, string requestId, string subject) =>
        new() { Kind = DeviceTopicKind.CommandRequest, Tenant = "", Device = device, RequestId = requestId, Subject = subject, Tail = "" };

    /// <summary>The filter that a device subscribes to get its commands, long: <c>command//device/req/#</c>.</summary>
    public static string CommandFilter(string device) => $"command//{device}/req/#";

    /// <summary>The topic on which this command is answered, in the same form.</summary>
    public DeviceTopic Response(int status) => this with { Kind = DeviceTopicKind.CommandResponse, Subject = "", Status = status };

    /// <summary>The same topic in the short form.</summary>
    public DeviceTopic Short() => this with { IsShort = true };

    /// <summary>Reads a topic strictly.</summary>
    /// <param name="text">The topic.</param>
    /// <param name="topic">The result.</param>
    /// <param name="problem">Which segment is missing or wrong, for people.</param>
    public static bool TryParse(string text, out DeviceTopic topic, [NotNullWhen(false)] out string? problem)
    {
        var parts = text.Split('/');
        switch (parts[0])
        {
            case "e" or "event":
                return Uplink(DeviceTopicKind.Event, parts, out topic, out problem);
            case "t" or "telemetry":
                return Uplink(DeviceTopicKind.Telemetry, parts, out topic, out problem);
            case "c":
                return Command(parts, "q", "s", out topic, out problem);
            case "command":
                return Command(parts, "req", "res", out topic, out problem);
            default:
                topic = default;
                problem = $"the topic '{text}' starts with none of event, e, telemetry, t, command, c";
                return false;
        }
    }

    /// <summary>Reads a topic that is known to be good.</summary>
    /// <exception cref="FormatException">The text is no device topic; the message names the bad segment.</exception>
    public static DeviceTopic Parse(string text) =>
        TryParse(text, out var topic, out var problem) ? topic : throw new FormatException(problem);

    /// <summary>The topic as text.</summary>
    public override string ToString() => Kind switch
    {
        DeviceTopicKind.Event => Uplink(IsShort ? "e" : "event"),
        DeviceTopicKind.Telemetry => Uplink(IsShort ? "t" : "telemetry"),
        DeviceTopicKind.CommandRequest => $"{(IsShort ? "c" : "command")}/{Tenant}/{Device}/{(IsShort ? "q" : "req")}/{RequestId}/{Subject}",
        _ => $"{(IsShort ? "c" : "command")}/{Tenant}/{Device}/{(IsShort ? "s" : "res")}/{RequestId}/{Status}",
    };

    private static bool Uplink(DeviceTopicKind kind, string[] parts, out DeviceTopic topic, [NotNullWhen(false)] out string? problem)
    {
        problem = null;
        topic = new DeviceTopic
        {
            Kind = kind,
            IsShort = parts[0].Length == 1,
            Tenant = parts.Length > 1 ? parts[1] : "",
            Device = parts.Length > 2 ? parts[2] : "",
            RequestId = "",
            Subject = "",
            Tail = parts.Length > 3 ? "/" + string.Join('/', parts[3..]) : "",
        };
        return true;
    }

    private static bool Command(
        string[] parts, string request, string response, out DeviceTopic topic, [NotNullWhen(false)] out string? problem)
    {
        topic = default;
        problem = Check(parts, request, response, out var status);
        if (problem is not null)
            return false;
        var isRequest = parts[3] == request;
        topic = new DeviceTopic
        {
            Kind = isRequest ? DeviceTopicKind.CommandRequest : DeviceTopicKind.CommandResponse,
            IsShort = parts[0].Length == 1,
            Tenant = parts[1],
            Device = parts[2],
            RequestId = parts[4],
            Subject = isRequest ? parts[5] : "",
            Status = status,
            Tail = "",
        };
        return true;
    }

    private static string? Check(string[] parts, string request, string response, out int status)
    {
        status = 0;
        if (parts.Length != 6)
            return $"a {parts[0]} topic has six segments, {parts[0]}/[tenant]/[device]/({request}|{response})/[request-id]/(subject|status), not {parts.Length}";
        if (parts[3] != request && parts[3] != response)
            return $"the fourth segment is '{parts[3]}'; expected '{request}' or '{response}'";
        if (parts[5].Length == 0)
            return parts[3] == request ? "the command has no subject" : "the response has no status";
        var isStatus = int.TryParse(parts[5], NumberStyles.None, CultureInfo.InvariantCulture, out status) && status is >= 200 and < 600;
        if (parts[3] == response && !isStatus)
            return $"the status '{parts[5]}' is no number from 200 to 599";
        if (parts[3] == request)
            status = 0;
        return null;
    }

    private string Uplink(string endpoint)
    {
        if (Tail.Length > 0)
            return $"{endpoint}/{Tenant}/{Device}{Tail}";
        if (Device.Length > 0)
            return $"{endpoint}/{Tenant}/{Device}";
        return Tenant.Length > 0 ? $"{endpoint}/{Tenant}" : endpoint;
    }
}
