using System.CommandLine;
using Leda.Harness.Hosting;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Cli;

/// <summary>The options that say who the gateway is.</summary>
internal sealed class IdentityOptions
{
    private readonly Option<string?> _device = new("--device-id")
    {
        Description = "The gateway's id, <namespace>:<gateway>:<device>.",
        DefaultValueFactory = _ => HarnessOptions.FoundingIdentity.DeviceId,
    };

    private readonly Option<string> _tenant = new("--tenant")
    {
        Description = "The tenant's id.",
        DefaultValueFactory = _ => HarnessOptions.FoundingIdentity.TenantId,
    };

    private readonly Option<string?> _policy = new("--policy-id") { Description = "The policy's id, <namespace>:<name>; none by default." };

    /// <summary>All of them, in the order in which help shows them.</summary>
    public IEnumerable<Option> All => [_device, _tenant, _policy];

    /// <summary>Who the user wants the gateway to be.</summary>
    /// <exception cref="UsageException">An option has a value that cannot be.</exception>
    public GatewayIdentity Read(ParseResult parsed) => new(DeviceOf(parsed), TenantOf(parsed), ThingIdOf(parsed, _policy));

    private static string? ThingIdOf(ParseResult parsed, Option<string?> option)
    {
        var text = parsed.GetValue(option);
        return text is null || ThingId.TryParse(text, out _, out var problem)
            ? text
            : throw new UsageException($"{option.Name}: {problem}.");
    }

    private static bool CanStandInATopic(string text) => text.AsSpan().IndexOfAny('+', '#') < 0 && !text.Any(char.IsControl);

    private string TenantOf(ParseResult parsed)
    {
        var tenant = parsed.GetValue(_tenant)!;
        return tenant.Length > 0 && !tenant.Contains('/') && CanStandInATopic(tenant)
            ? tenant
            : throw new UsageException($"--tenant '{PlainText.Of(tenant)}' cannot stand in a topic; it must not be empty nor have '/', '+', '#' or control characters.");
    }

    private string DeviceOf(ParseResult parsed)
    {
        var device = ThingIdOf(parsed, _device)!;
        if (!CanStandInATopic(device))
            throw new UsageException($"--device-id '{PlainText.Of(device)}' cannot stand in a topic; it must not have '+' or '#'.");
        var child = $"{device}:{ContainerFeature.ThingSuffix}";
        return ThingId.TryParse(child, out _, out var problem) ? device : throw new UsageException($"--device-id: with ':{ContainerFeature.ThingSuffix}' behind it, {problem}.");
    }
}
