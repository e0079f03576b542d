using System.Collections.Concurrent;
using System.Text;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Signals;

namespace Leda.Harness.Simulator.Tests.Api.Messages;

/// <summary>Keeps the errors that the cloud tells.</summary>
internal sealed class ErrorListener : ISignalSubscriber
{
    public ConcurrentQueue<string> Errors { get; } = [];

    public void Take(Signal signal)
    {
        if (signal.Topic.Criterion == Criterion.Errors)
            Errors.Enqueue(Encoding.UTF8.GetString(signal.Utf8));
    }
}
