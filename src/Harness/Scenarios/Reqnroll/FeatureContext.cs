using System.Globalization;
using Reqnroll.BoDi;

namespace Reqnroll;

/// <summary>What the scenarios of one feature share.</summary>
internal sealed class FeatureContext : ReqnrollContext
{
    internal FeatureContext(FeatureInfo featureInfo, IObjectContainer container, CultureInfo bindingCulture)
    {
        FeatureInfo = featureInfo;
        FeatureContainer = container;
        BindingCulture = bindingCulture;
    }

    public FeatureInfo FeatureInfo { get; }

    public IObjectContainer FeatureContainer { get; }

    /// <summary>The culture in which arguments are read; current inside steps and hooks.</summary>
    public CultureInfo BindingCulture { get; }
}
