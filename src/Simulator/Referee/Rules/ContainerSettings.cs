using System.Text.Json;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>Finds the settings of containers in an envelope: in a command as well as in a report.</summary>
internal static class ContainerSettings
{
    private static readonly FeaturePlace _config = new("/properties/status/config");

    /// <summary>All settings, each with the place where it stands.</summary>
    public static (JsonElement Config, string At)[] Of(Signal signal)
    {
        if (signal is { IsLiveRequest: true, Message: { FeatureId: { } feature } path, Envelope.Value: { } value })
            return OfCommand(signal.FamilyOf(feature), path.Subject, value) is { } found ? [found] : [];
        return OfReports(signal.Features);
    }

    private static (JsonElement Config, string At)? OfCommand(string family, string subject, JsonElement value) => (family, subject) switch
    {
        (FeatureFamily.ContainerFactory, "createWithConfig") when value.Member("config"u8) is { } config => (config, "/value/config"),
        (FeatureFamily.Container, "update") => (value, "/value"),
        _ => null,
    };

    private static (JsonElement Config, string At)[] OfReports(FeaturePart[] parts)
    {
        List<(JsonElement Config, string At)>? found = null;
        foreach (var part in parts)
        {
            if (part.Family == FeatureFamily.Container && part.Find(_config) is { } config)
                (found ??= new(1)).Add(config);
        }

        return found?.ToArray() ?? [];
    }
}
