using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Messages;

/// <summary>Whether a response is one for its request. A message may be answered with anything, a live command only with what Ditto's own
/// response to it could be, or with an error (<c>ditto.md</c> 3.3).</summary>
internal static class LiveResponses
{
    /// <summary>What is wrong with the response; <see langword="null"/> if nothing is.</summary>
    public static string? Check(LiveSignal request, Envelope response)
    {
        if (response.Status is not { } status)
            return "it has no status";
        if (status is < 200 or > 599)
            return $"the status {status} is not from 200 to 599";
        return request.Topic.Criterion == Criterion.Commands ? CheckCommand(request, response, status) : null;
    }

    private static string? CheckCommand(LiveSignal request, Envelope response, int status)
    {
        if (!TopicPath.TryParse(response.Topic, out var topic, out var problem))
            return problem;
        if (topic.Criterion == Criterion.Errors)
            return status < 400 ? $"{status} is no status of an error" : null;
        if (topic != request.Topic)
            return $"its topic is '{topic}' instead of '{request.Topic}'";
        if (response.Path != request.Envelope.Path)
            return $"its path is '{response.Path}' instead of '{request.Envelope.Path}'";
        return IsLegal(topic.Action, status, response) ? null : $"'{topic.Action}' is not answered with {status}{(response.Value is null ? " without a value" : "")}";
    }

    private static bool IsLegal(string action, int status, Envelope response) => action switch
    {
        "retrieve" => status == 200 && response.Value is not null,
        "create" => status == 201,
        "modify" or "merge" => status is 201 or 204,
        "delete" => status == 204,
        _ => status is >= 200 and < 300,
    };
}
