using Leda.Harness.Device.Containers;
using Leda.Harness.Protocol.HawkBit;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Features;

/// <summary>Which features there are: three, and one more for each container.</summary>
internal sealed class FeatureCatalog(ContainerManager containers, IOperations software, IOperations metrics)
{
    private readonly FactoryOperations _factory = new(containers);

    /// <summary>The operations of a feature, or <see langword="null"/> if there is no such feature now.</summary>
    public IOperations? Find(string featureId) => featureId switch
    {
        ContainerFactory.FeatureId => _factory,
        SoftwareUpdatable.FeatureId => software,
        Metrics.FeatureId => metrics,
        _ when ContainerFeature.ContainerOf(featureId) is { } id && containers.Exists(id) => new ContainerOperations(containers, id),
        _ => null,
    };
}
