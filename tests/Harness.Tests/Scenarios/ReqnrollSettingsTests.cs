using Leda.Harness.Scenarios.Running;
using Microsoft.Extensions.Time.Testing;

namespace Leda.Harness.Harness.Tests.Scenarios;

public sealed class ReqnrollSettingsTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Read_FileForTheRealOne_WhatIsUnderstoodIsApplied()
    {
        File.WriteAllText(_file, """
            {
              "$schema": "https://schemas.reqnroll.net/reqnroll-config-latest.json",
              "language": { "feature": "de", "binding": "en-GB" },
              "bindingAssemblies": [ { "assembly": "More.Steps" } ],
              // The casing is up to the writer.
              "runtime": { "missingOrPendingStepsOutcome": "ignore", "stopAtFirstError": true, "obsoleteBehavior": "None" },
              "trace": { "traceTimings": true },
            }
            """);

        var settings = ReqnrollSettings.Read(_file);
        var options = settings.ApplyTo(new RunnerOptions { Clock = new FakeTimeProvider() });

        Assert.Equal("de", settings.Language.Feature);
        Assert.Equal("More.Steps", Assert.Single(settings.BindingAssemblies).Assembly);
        Assert.Equal(MissingStepOutcome.Ignore, options.MissingOrPendingSteps);
        Assert.True(options.StopAtFirstError);
        Assert.Equal("en-GB", options.BindingCulture);
    }

    [Fact]
    public void Read_Empty_Defaults()
    {
        File.WriteAllText(_file, "{}");

        var settings = ReqnrollSettings.Read(_file);

        Assert.Equal("en", settings.Language.Feature);
        Assert.Null(settings.Language.Binding);
        Assert.Empty(settings.BindingAssemblies);
        Assert.Equal(MissingStepOutcome.Pending, settings.Runtime.MissingOrPendingStepsOutcome);
    }

    [Fact]
    public void Read_Wrong_SaysWhere()
    {
        File.WriteAllText(_file, "{\n\"runtime\": { \"stopAtFirstError\": \"perhaps\" } }");

        Assert.StartsWith($"{_file}(2): ", Assert.Throws<FormatException>(() => ReqnrollSettings.Read(_file)).Message);
    }
}
