using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Features.Measurements;

/// <summary>
/// The one operation of the feature <see cref="Metrics"/>: <c>request</c>, which replaces what was asked before
/// (<c>kanto-container-management.md</c> 3.3). One reporting serves all clients.
/// </summary>
internal sealed class MetricsOperations(Reporting.Surroundings around) : IOperations, IDisposable
{
    private static readonly TimeSpan _shortest = TimeSpan.FromSeconds(1);

    private Reporting? _reporting;

    public Task<OperationResult> InvokeAsync(string operation, JsonElement? argument) =>
        Task.FromResult(operation == "request" ? Request(argument) : DittoError.SubjectNotFound($"unsupported operation {operation}"));

    /// <summary>Ends the reporting.</summary>
    public void Dispose() => Replace(null);

    private OperationResult Request(JsonElement? argument)
    {
        if (!Argument.TryRead(argument, KantoJson.Default.MetricsRequest, out var request, out var problem)
            || !(request ??= new MetricsRequest()).TryGetFrequency(out var frequency, out problem))
            return DittoError.ParameterInvalid(problem);
        var period = frequency.ToTimeSpan() is var asked && asked < _shortest ? _shortest : asked;
        Replace(frequency.Nanoseconds > 0 ? new Reporting(period, new MeasurementFilter(request), around) : null);
        return OperationResult.Done;
    }

    private void Replace(Reporting? next)
    {
        Interlocked.Exchange(ref _reporting, next)?.Dispose();
        next?.Begin();
    }
}
