namespace Leda.Harness.Explanations;

/// <summary>The command's bus topic has no request id, and so there is no topic to answer on.</summary>
internal sealed class OneWayCommand : Cause
{
    /// <inheritdoc/>
    public override Explanation? Find(Record record) => record.Asked.LastOrDefault(c => c.Bus.RequestId.Length == 0) is { } asked
        ? At(asked.Entry, $"the command {asked.Name} went out on {asked.Entry.Topic}, without a request id: it is one-way, and nobody answers it")
        : null;
}
