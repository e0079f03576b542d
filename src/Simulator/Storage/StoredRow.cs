namespace Leda.Harness.Simulator.Storage;

/// <summary>One row of a table.</summary>
/// <param name="Kind">The table.</param>
/// <param name="Id">Its key.</param>
/// <param name="Revision">The last revision; of what is gone as well, so that numbering goes on.</param>
/// <param name="Body">The state as JSON; <see langword="null"/> if it is gone.</param>
internal readonly record struct StoredRow(StoredKind Kind, string Id, long Revision, string? Body)
{
    /// <summary>Whether it is gone and had no numbering, so that there is nothing to keep.</summary>
    public bool LeavesNothing => Body is null && Revision == 0;
}
