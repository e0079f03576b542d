using System.Text.Json;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Protocol.Ditto;

/// <summary>The value of an error response (<c>ditto.md</c> 1.7).</summary>
/// <param name="Status">HTTP-like status, 400 and up.</param>
/// <param name="Error">Error id, for example <c>messages:parameter.invalid</c>.</param>
/// <param name="Message">What went wrong, for people.</param>
/// <param name="Description">What to do about it; left out when <see langword="null"/>. Kanto's agents send none.</param>
public sealed record DittoError(int Status, string Error, string Message, string? Description = null)
{
    /// <summary>A request that cannot be read, a header that is missing, an unknown feature: 400.</summary>
    public static DittoError ParameterInvalid(string message) => new(400, "messages:parameter.invalid", message);

    /// <summary>An operation or a thing that does not exist: 404.</summary>
    public static DittoError SubjectNotFound(string message) => new(404, "messages:subject.notfound", message);

    /// <summary>An operation that was understood and failed: 500.</summary>
    public static DittoError ExecutionFailed(string message) => new(500, "messages:execution.failed", message);

    /// <summary>The error as a JSON value, members in Kanto's order.</summary>
    public JsonElement ToJson() => JsonText.Build(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("error", Error);
        writer.WriteNumber("status", Status);
        writer.WriteString("message", Message);
        if (Description is not null)
            writer.WriteString("description", Description);
        writer.WriteEndObject();
    });

    /// <summary>The error as an envelope (<c>ditto.md</c> 1.7).</summary>
    /// <param name="topic">A topic of the criterion <see cref="Criterion.Errors"/>.</param>
    /// <param name="correlationId">What ties it to the command; left out if <see langword="null"/>.</param>
    public Envelope ToEnvelope(TopicPath topic, string? correlationId) => new()
    {
        Topic = topic.ToString(),
        Headers = DittoHeaders.Of(correlationId, false, DittoHeaders.JsonContentType),
        Path = "/",
        Value = ToJson(),
        Status = Status,
    };
}
