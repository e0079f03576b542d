namespace Leda.Harness.Simulator.Connector;

/// <summary>The subject of a command on the way to a device, one segment of an MQTT topic (<c>ditto.md</c> 3.4: never with a slash, which devices
/// do not match). The envelope keeps the subject as it is.</summary>
internal static class DeviceSubject
{
    /// <summary>The subject with what MQTT cannot carry in a segment percent-encoded.</summary>
    public static string Of(string subject) =>
        subject.Any(IsAwkward) ? string.Concat(subject.Select(c => IsAwkward(c) ? $"%{(int)c:X2}" : c.ToString())) : subject;

    private static bool IsAwkward(char c) => c is '/' or '+' or '#' || c < ' ';
}
