using Leda.Harness.Simulator.Storage;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.Api;

/// <summary>Nobody is told of a change before it survives whatever happens.</summary>
internal static class KeptOutcome
{
    /// <summary>An outcome that may be told: when its change is kept, or with the error that it is not.</summary>
    public static async ValueTask<TwinOutcome> KeptAsync(this DittoCloud cloud, TwinOutcome outcome)
    {
        if (outcome.Change is null)
            return outcome;
        try
        {
            await cloud.KeptAsync();
            return outcome;
        }
        catch (StorageException e)
        {
            return TwinOutcome.Refused(ApiError.NotKept(e.Message));
        }
    }
}
