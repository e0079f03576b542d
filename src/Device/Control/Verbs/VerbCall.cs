using System.CommandLine;
using Leda.Harness.Device.Control.Wire;

namespace Leda.Harness.Device.Control.Verbs;

/// <summary>A verb with what was given to it.</summary>
/// <param name="parsed">The options.</param>
/// <param name="arguments">What is no option.</param>
/// <param name="host">The socket.</param>
/// <param name="patience">How long to wait for someone to listen there.</param>
/// <param name="time">The clock.</param>
/// <param name="output">What is printed.</param>
/// <param name="cancellationToken">Gives up.</param>
internal sealed class VerbCall(
    ParseResult parsed, IReadOnlyList<string> arguments, string host, TimeSpan patience, TimeProvider time, TextWriter output,
    CancellationToken cancellationToken) : IDisposable
{
    private ControlClient? _client;

    /// <summary>What is no option.</summary>
    public IReadOnlyList<string> Arguments => arguments;

    /// <summary>What is printed.</summary>
    public TextWriter Output => output;

    /// <summary>Gives up.</summary>
    public CancellationToken Cancelled => cancellationToken;

    /// <summary>What an option was given, or its default.</summary>
    public T? Get<T>(Option<T> option) => parsed.GetValue(option);

    /// <summary>Whether an option was given.</summary>
    public bool Has(Option option) => parsed.GetResult(option) is { Implicit: false };

    /// <summary>The device.</summary>
    public async Task<ControlClient> ConnectAsync() => _client ??= await ControlClient.ConnectAsync(host, patience, time, cancellationToken);

    /// <summary>The one container that is meant by an id or by a name.</summary>
    /// <param name="ids">At most one id.</param>
    /// <param name="name">The name, or nothing.</param>
    /// <exception cref="VerbException">None is, or several are, or nothing was said.</exception>
    public async Task<Wire.Container> FindAsync(IReadOnlyList<string> ids, string? name)
    {
        var named = !string.IsNullOrEmpty(name);
        if (ids.Count == 0 && !named)
            throw new VerbException("You must provide either an ID or a name for the container via --name (-n)");
        if (ids.Count > 0 && named)
            throw new VerbException("Container ID and --name (-n) cannot be provided at the same time - use only one of them");
        var device = await ConnectAsync();
        if (!named)
        {
            var answer = await device.Containers.GetAsync(new GetContainerRequest { Id = ids[0] }, cancellationToken: cancellationToken);
            return answer.Container ?? throw new VerbException($"The requested container with ID = {ids[0]} was not found.");
        }

        var all = await device.Containers.ListAsync(new ListContainersRequest(), cancellationToken: cancellationToken);
        return all.Containers.Where(c => c.Name == name).ToList() switch
        {
            [var only] => only,
            [] => throw new VerbException($"The requested container with name = {name} was not found. Try using an ID instead."),
            _ => throw new VerbException($"There are more than one containers with name = {name}. Try using an ID instead."),
        };
    }

    public void Dispose() => _client?.Dispose();
}
