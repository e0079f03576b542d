using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Containers.Documents;
using Leda.Harness.Device.Control.Wire;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Control.Server;

/// <summary>What <c>kanto-cm</c> can ask for, done by the one owner of the containers like what the cloud asks for.</summary>
/// <param name="containers">What is commanded.</param>
internal sealed class ContainerService(ContainerManager containers) : Wire.Containers.ContainersBase
{
    /// <summary>What a client shows that wants more than this device can do.</summary>
    public const string NoAttach = "this device cannot attach to a container; start it without attaching and read its output with logs";

    public override async Task<CreateContainerResponse> Create(CreateContainerRequest request, ServerCallContext context)
    {
        var document = DocumentOfWire.Make(request.Container ?? new Wire.Container());
        return new CreateContainerResponse { Container = Show(await containers.CreateAsync(document.ToDescription())) };
    }

    /// <summary>The container, or nothing; that there is no such one is for the client to say (6).</summary>
    public override Task<GetContainerResponse> Get(GetContainerRequest request, ServerCallContext context)
    {
        var found = containers.Containers.FirstOrDefault(c => c.Id == request.Id);
        return Task.FromResult(new GetContainerResponse { Container = found is null ? null : Show(found) });
    }

    public override Task<ListContainersResponse> List(ListContainersRequest request, ServerCallContext context) =>
        Task.FromResult(new ListContainersResponse { Containers = { containers.Containers.Select(Show) } });

    public override async Task ListStream(
        ListContainersRequest request, IServerStreamWriter<ListContainerMessage> responseStream, ServerCallContext context)
    {
        foreach (var container in containers.Containers)
            await responseStream.WriteAsync(new ListContainerMessage { Container = Show(container) }, context.CancellationToken);
    }

    public override Task<Empty> Start(StartContainerRequest request, ServerCallContext context) => DoneAsync(containers.StartAsync(request.Id));

    /// <summary>Says as the container's output why there is none, as the original does: <c>kanto-cm start --a</c> shows the output and no status.</summary>
    public override async Task Attach(
        IAsyncStreamReader<AttachContainerRequest> requestStream, IServerStreamWriter<AttachContainerResponse> responseStream, ServerCallContext context)
    {
        var output = new AttachContainerResponse { ReadData = ByteString.CopyFromUtf8(NoAttach + "\r\n") };
        await responseStream.WriteAsync(output, context.CancellationToken);
        throw new RpcException(new Status(StatusCode.Unimplemented, NoAttach));
    }

    public override Task<Empty> Stop(StopContainerRequest request, ServerCallContext context) =>
        DoneAsync(containers.StopAsync(request.Id, Plan(request.StopOptions) ?? StopPlan.Default));

    public override Task<Empty> Update(UpdateContainerRequest request, ServerCallContext context) =>
        DoneAsync(containers.UpdateAsync(request.Id, UpdateOfWire.Make(request.UpdateOptions ?? new UpdateOptions())));

    /// <summary>The original has no restart either; it answers with an error of its own encoder.</summary>
    public override Task<Empty> Restart(RestartContainerRequest request, ServerCallContext context) =>
        throw new RpcException(new Status(StatusCode.Unimplemented, "there is no restart; stop the container and start it"));

    public override Task<Empty> Pause(PauseContainerRequest request, ServerCallContext context) => DoneAsync(containers.PauseAsync(request.Id));

    public override Task<Empty> Unpause(UnpauseContainerRequest request, ServerCallContext context) =>
        DoneAsync(containers.ResumeAsync(request.Id));

    public override Task<Empty> Rename(RenameContainerRequest request, ServerCallContext context) =>
        DoneAsync(containers.RenameAsync(request.Id, request.Name));

    public override Task<Empty> Remove(RemoveContainerRequest request, ServerCallContext context) =>
        DoneAsync(containers.RemoveAsync(request.Id, request.Force, Plan(request.StopOptions)));

    /// <summary>The end of what a container wrote, a message for each line.</summary>
    public override async Task Logs(GetLogsRequest request, IServerStreamWriter<GetLogsResponse> responseStream, ServerCallContext context)
    {
        var container = containers.Containers.FirstOrDefault(c => c.Id == request.Id)
            ?? throw new ContainerException($"no such container with id = {request.Id} exists");
        if (container.State.Status == ContainerState.Created)
            throw new ContainerException("there are no logs for container with status \"Created\"");
        if (container.Config.Log?.Type == "NONE")
            throw new ContainerException($"there are not any logs for container {container.Id} with log type none");
        foreach (var line in containers.Tail(container.Id, request.Tail))
            await responseStream.WriteAsync(new GetLogsResponse { Log = line }, context.CancellationToken);
    }

    private static Wire.Container Show(Containers.Container container) => WireOfDocument.Make(ContainerDocument.Of(container));

    /// <summary>The plan of a client's options, in which 0 seconds and no signal mean the usual ones.</summary>
    private static StopPlan? Plan(StopOptions? options) => options is null ? null : StopPlan.Of(new StopArguments
    {
        Timeout = options.Timeout == 0 ? null : options.Timeout,
        Force = options.Force,
        Signal = options.Signal,
    });

    private static async Task<Empty> DoneAsync(Task work)
    {
        await work;
        return new Empty();
    }
}
