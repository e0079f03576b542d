using System.Text.Json;
using System.Text.Json.Serialization;

namespace Leda.Harness.Scenarios.Running;

/// <summary>What the engine understands of <c>reqnroll.json</c>, so that the same file serves the real Reqnroll. The rest is left to that.</summary>
internal sealed record ReqnrollSettings
{
    // Settable and not init: generated readers would put null where the file says nothing.
    public LanguageSection Language { get; set; } = new();

    public RuntimeSection Runtime { get; set; } = new();

    /// <summary>Assemblies with more binding classes, by name.</summary>
    public IReadOnlyList<BindingAssembly> BindingAssemblies { get; set; } = [];

    /// <exception cref="FormatException">The file is not what it should be; the message says where.</exception>
    public static ReqnrollSettings Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), ReqnrollSettingsJson.Default.ReqnrollSettings) ?? new ReqnrollSettings();
        }
        catch (JsonException error)
        {
            throw new FormatException($"{path}({error.LineNumber + 1}): {error.Message}", error);
        }
    }

    /// <summary>Puts the settings over some options.</summary>
    public RunnerOptions ApplyTo(RunnerOptions options) => options with
    {
        MissingOrPendingSteps = Runtime.MissingOrPendingStepsOutcome,
        StopAtFirstError = Runtime.StopAtFirstError,
        BindingCulture = Language.Binding ?? options.BindingCulture,
    };

    /// <param name="Feature">The dialect of files without a <c># language</c> line, for <see cref="Features.FeatureSet.Load"/>.</param>
    /// <param name="Binding">The culture of arguments; null takes the feature's.</param>
    internal sealed record LanguageSection(string Feature = "en", string? Binding = null);

    internal sealed record RuntimeSection(MissingStepOutcome MissingOrPendingStepsOutcome = default, bool StopAtFirstError = false);

    internal sealed record BindingAssembly(string Assembly);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(ReqnrollSettings))]
internal sealed partial class ReqnrollSettingsJson : JsonSerializerContext;
