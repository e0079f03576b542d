namespace Leda.Harness.Simulator.Storage;

/// <summary>What is kept; each kind is a table.</summary>
internal enum StoredKind
{
    Things,
    Policies,
    Tenants,
    Devices,
}
