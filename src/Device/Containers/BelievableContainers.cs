using Bogus;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Containers;

/// <summary>As many made-up containers as wanted, such as a vehicle might have; the same from the same seed.</summary>
public static class BelievableContainers
{
    private static readonly string[] _domains =
        ["seat", "hvac", "door", "battery", "charging", "tyre", "lane", "parking", "climate", "light", "camera", "radar", "trip", "fleet", "driver"];

    private static readonly string[] _roles = ["service", "provider", "adapter", "feeder", "monitor", "gateway", "controller", "recorder"];

    private static readonly string[] _registries = ["ghcr.io", "docker.io", "quay.io", "registry.example.org:5000"];

    /// <summary>Makes container descriptions; most are to be started, some only created.</summary>
    /// <param name="count">How many; not negative.</param>
    /// <param name="seed">Where chance starts.</param>
    public static IReadOnlyList<CreateArguments> Make(int count, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var faker = new Faker { Random = new Randomizer(seed) };
        return [.. Enumerable.Range(1, count).Select(number => One(faker, number))];
    }

    private static CreateArguments One(Faker faker, int number)
    {
        var random = faker.Random;
        var app = $"{random.ArrayElement(_domains)}-{random.ArrayElement(_roles)}";
        return new CreateArguments
        {
            ImageRef = $"{random.ArrayElement(_registries)}/{faker.Internet.DomainWord()}/{app}:{Version(random)}",
            Name = $"{app}-{number}",
            Start = random.Bool(0.8f),
            Config = Config(random, number),
        };
    }

    private static string Version(Randomizer random) => $"{random.Number(0, 3)}.{random.Number(0, 20)}.{random.Number(0, 9)}";

    private static ContainerConfig Config(Randomizer random, int number) => new()
    {
        Env = random.Bool(0.6f) ? [$"LOG_LEVEL={random.ArrayElement(["debug", "info", "warn"])}", $"SAMPLE_MS={random.Number(1, 50) * 20}"] : null,
        RestartPolicy = new RestartPolicy { Type = random.ArrayElement(["UNLESS_STOPPED", "ALWAYS", "NO"]) },
        ExtraHosts = random.Bool(0.5f) ? ["databroker-host:host_ip"] : null,
        PortMappings = random.Bool(0.4f)
            ? [new PortMapping { HostPort = (ushort)(30000 + (number % 30000)), ContainerPort = (ushort)random.Number(1024, 60000) }]
            : null,
        MountPoints = random.Bool(0.3f) ? [new MountPoint { Source = $"/data/{number}", Destination = "/var/lib/app" }] : null,
        Resources = random.Bool(0.5f) ? new Resources { Memory = $"{random.Number(1, 16) * 16}M" } : null,
    };
}
