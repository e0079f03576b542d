using System.CommandLine;
using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Control.Wire;

namespace Leda.Harness.Device.Control.Verbs;

/// <summary><c>update</c>: what is given is merged with what the container has.</summary>
internal sealed class UpdateVerb : Verb
{
    private const string Unlimited = "-1";
    private const string OnFailure = "on-failure";

    private readonly Option<string> _name = Flag.Text("--name", "-n", "The container's name, instead of its id.", "NAME");
    private readonly Option<string> _policy = Flag.Text("--rp", null, "When it is started again: no, always, unless-stopped or on-failure.", "POLICY");
    private readonly Option<long?> _retries = Flag.Number("--rp-cnt", null, "How often at most, for on-failure.");
    private readonly Option<long?> _pause = Flag.Number("--rp-to", null, "The longest pause between two attempts in seconds, for on-failure.");
    private readonly Option<string> _memory = Flag.Text("--memory", "-m", "Memory that it may use, such as 200m; -1 for no limit.", "SIZE");
    private readonly Option<string> _reservation = Flag.Text("--memory-reservation", null, "What it is pushed back to when memory is short; -1 for none.", "SIZE");
    private readonly Option<string> _swap = Flag.Text("--memory-swap", null, "Memory and swap together; -1 for no limit of its own.", "SIZE");

    public UpdateVerb(TimeProvider time)
        : base("update", "Changes a container's restart policy and limits, running or not.", "container-id", 1, time)
    {
        foreach (var option in new Option[] { _name, _policy, _retries, _pause, _memory, _reservation, _swap })
            Add(option);
    }

    protected override async Task RunAsync(VerbCall call)
    {
        var container = await call.FindAsync(call.Arguments, call.Get(_name));
        var options = new UpdateOptions
        {
            RestartPolicy = Policy(call, container.HostConfig?.RestartPolicy ?? new RestartPolicy()),
            Resources = Limits(call, container.HostConfig?.Resources),
        };
        var config = ContainerDefaults.Update(DocumentOfWire.Make(container).ToContainer().Config, UpdateOfWire.Make(options));
        if (ContainerValidation.CheckUpdate(config) is { } problem)
            throw new VerbException(problem);
        var device = await call.ConnectAsync();
        await device.Containers.UpdateAsync(
            new UpdateContainerRequest { Id = container.Id, UpdateOptions = options }, cancellationToken: call.Cancelled);
    }

    private RestartPolicy? Policy(VerbCall call, RestartPolicy current)
    {
        var type = call.Get(_policy);
        if (string.IsNullOrEmpty(type) && call.Get(_retries) is null && call.Get(_pause) is null)
            return null;
        var policy = new RestartPolicy { Type = string.IsNullOrEmpty(type) ? current.Type : type };
        var kept = policy.Type == OnFailure ? current : new RestartPolicy();
        policy.MaximumRetryCount = call.Get(_retries) ?? kept.MaximumRetryCount;
        policy.RetryTimeout = call.Get(_pause) ?? kept.RetryTimeout;
        return policy;
    }

    private Resources? Limits(VerbCall call, Resources? current)
    {
        var (memory, reservation, swap) = (call.Get(_memory) ?? "", call.Get(_reservation) ?? "", call.Get(_swap) ?? "");
        if (memory.Length + reservation.Length + swap.Length == 0)
            return null;

        // Taken away can only be what is there: without limits the device sees what was given, and refuses it.
        return current is null
            ? new Resources { Memory = memory, MemoryReservation = reservation, MemorySwap = swap }
            : new Resources
            {
                Memory = Merge(memory, current.Memory),
                MemoryReservation = Merge(reservation, current.MemoryReservation),
                MemorySwap = Merge(swap, current.MemorySwap),
            };
    }

    private static string Merge(string given, string current) => given switch
    {
        "" => current,
        Unlimited => "",
        _ => given,
    };
}
