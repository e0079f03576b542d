namespace Leda.Harness.Protocol.Messaging.Mqtt;

/// <summary>A token that is cancelled with another one, or when the time is up.</summary>
internal sealed class Limited : IDisposable
{
    private readonly CancellationTokenSource _timeOut;
    private readonly CancellationTokenSource _either;

    public Limited(TimeSpan limit, TimeProvider time, CancellationToken outer)
    {
        _timeOut = new CancellationTokenSource(limit, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_timeOut.Token, outer);
    }

    /// <summary>Whether it was the time.</summary>
    public bool IsUp => _timeOut.IsCancellationRequested;

    public CancellationToken Token => _either.Token;

    public void Dispose()
    {
        _either.Dispose();
        _timeOut.Dispose();
    }
}
