using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Leda.Harness.Simulator.Tests.Broker;

/// <summary>Both versions of MQTT, with each quality of publishing and subscribing.</summary>
internal sealed class CombinatorialQualitiesAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        var rows =
            from version in new[] { "mqttv311", "mqttv5" }
            from published in Enumerable.Range(0, 3)
            from subscribed in Enumerable.Range(0, 3)
            select new TheoryDataRow<string, int, int>(version, published, subscribed);
        return new([.. rows]);
    }

    public override bool SupportsDiscoveryEnumeration() => true;
}
