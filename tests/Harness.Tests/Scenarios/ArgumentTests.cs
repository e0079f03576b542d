using System.Globalization;
using Leda.Harness.Scenarios.Running;
using Reqnroll;

namespace Leda.Harness.Harness.Tests.Scenarios;

/// <summary>How a step's text becomes the method's arguments (section 7).</summary>
public sealed class ArgumentTests
{
    [Theory]
    [InlineData("span 90", "90.00:00:00")]
    [InlineData("hex 0x1F", "31")]
    [InlineData("thousand 1,000", "FormatException")]
    [InlineData("yes 1", "FormatException")]
    [InlineData("maybe ", "null")]
    [InlineData("maybe 3", "3")]
    [InlineData("maybe guid ", "null")]
    [InlineData("maybe guid rubbish", "00000000-0000-0000-0000-000000000000")]
    [InlineData("flags readonly, hidden", "ReadOnly, Hidden")]
    [InlineData("flags 2", "Hidden")]
    [InlineData("version 1.2.3", "1.2.3")]
    [InlineData("uri mqtt://a/b", "mqtt://a/b")]
    [InlineData("date 2024-01-02", "2024-01-02")]
    [InlineData("address 127.0.0.1", "InvalidCastException")]
    public async Task Convert_ByStandard_ObservedValue(string step, string expected)
    {
        var (result, log) = await Probe.RunStepsAsync($"Given {step}\"", [typeof(Standard)]);

        Assert.Equal(expected, result.Error?.GetType().Name ?? log.Text);
    }

    [Theory]
    [InlineData("due in 3 days", "2000-01-04")]
    [InlineData("due in 1 day", "2000-01-02")]
    [InlineData("due 2024-01-02", "2024-01-02")]
    [InlineData("take five", "5")]
    [InlineData("take 7", "7")]
    [InlineData("mood SOUR", "awaited sour")]
    [InlineData("named happy", "named happy")]
    [InlineData("named angry", "UNDEF")]
    [InlineData("order x", "low")]
    [InlineData("broken x", "NotSupportedException")]
    [InlineData("double 21", "42")]
    [InlineData("circle 1", "-1")]
    public async Task Convert_ByTransformation_ItsResult(string step, string expected)
    {
        var (result, log) = await Probe.RunStepsAsync($"Given {step}", [typeof(Transformed)]);

        Assert.Equal(expected, result.Status == ScenarioStatus.Undefined ? "UNDEF" : result.Error?.GetType().Name ?? log.Text);
    }

    [Fact]
    public async Task Convert_TableByTransformation_OnlyTablesAreTaken()
    {
        var (result, log) = await Probe.RunStepsAsync("Given prices\n| item | price |\n| nut | 3 |\n| bolt | 4 |", [typeof(Transformed)]);

        Assert.Null(result.Error);
        Assert.Equal("nut=3;bolt=4", log.Text);
    }

    [Fact]
    public async Task Convert_DocString_ToWhatTheMethodAsksFor()
    {
        var (_, log) = await Probe.RunStepsAsync("Given number\n\"\"\"json\n  41\n\"\"\"", [typeof(Standard)]);

        Assert.Equal("41", log.Text);
    }

    [Fact]
    public async Task Convert_TableToString_InvalidCast()
    {
        var (result, _) = await Probe.RunStepsAsync("Given number\n| a |", [typeof(Standard)]);

        Assert.IsType<InvalidCastException>(result.Error);
        Assert.Equal(ScenarioStatus.Failed, result.Status);
    }

    [Fact]
    public async Task Steps_AnyReturnType_Awaited()
    {
        var (result, log) = await Probe.RunStepsAsync(
            "Given task\nGiven task of int\nGiven value task\nGiven value task of int\nGiven int", [typeof(Returning)]);

        Assert.Null(result.Error);
        Assert.Equal("task task<int> valuetask valuetask<int> int", log.Text);
    }

    [Fact]
    public async Task Steps_PrivateAndStatic_Called()
    {
        var (result, _) = await Probe.RunStepsAsync("Given static", [typeof(Returning)]);

        Assert.IsType<OperationCanceledException>(result.Error);
    }

    [Fact]
    public async Task Steps_FailedTask_ItsOwnException()
    {
        var (result, _) = await Probe.RunStepsAsync("Given failing task", [typeof(Returning)]);

        Assert.IsType<TimeoutException>(result.Error);
    }

    [Fact]
    public async Task Steps_Culture_BindingCultureIsCurrent()
    {
        var (_, log) = await Probe.RunStepsAsync("Given culture", [typeof(Returning)]);

        Assert.Equal("en-US/en-US", log.Text);
    }

    [Fact]
    public async Task Steps_AsyncLocalSetBySynchronousStep_FlowsIntoLaterSteps()
    {
        var (_, log) = await Probe.RunStepsAsync("Given set 1\nThen see\nGiven set 2 in a task\nThen see", [typeof(Flowing)]);

        Assert.Equal("1 1", log.Text);
    }

    [Binding]
    internal sealed class Standard(Log log)
    {
        [Given("^span (.*)\"$")]
        public void Span(TimeSpan value) => Note(value);

        [Given("^hex (.*)\"$")]
        [Given("^thousand (.*)\"$")]
        [Given("^number$")]
        public void Int(int value) => Note(value);

        [Given("^yes (.*)\"$")]
        public void Bool(bool value) => Note(value);

        [Given("^maybe (\\d*)\"$")]
        public void Maybe(int? value) => Note(value);

        [Given("^maybe guid (.*)\"$")]
        public void MaybeGuid(Guid? value) => Note(value);

        [Given("^flags (.*)\"$")]
        public void Flags(FileAttributes value) => Note(value);

        [Given("^version (.*)\"$")]
        public void Version(Version value) => Note(value);

        [Given("^uri (.*)\"$")]
        public void Uri(Uri value) => Note(value);

        [Given("^date (.*)\"$")]
        public void Date(DateOnly value) => Note(value.ToString("yyyy-MM-dd"));

        [Given("^address (.*)\"$")]
        public void Address(System.Net.IPAddress value) => Note(value);

        private void Note(object? value) => log.Add(value is null ? "null" : $"{value}");
    }

    internal sealed record Mood(string Text);

    internal sealed record Choice(string Text);

    [Binding]
    internal sealed class Transformed(Log log)
    {
        [StepArgumentTransformation(@"in (\d+) days?")]
        public static DateTime InDays(int days) => new DateTime(2000, 1, 1).AddDays(days);

        [StepArgumentTransformation("five")]
        public static int Five() => 5;

        [StepArgumentTransformation(Name = "mood", Regex = "(happy|SOUR)")]
        public static async Task<Mood> MakeMood(string text)
        {
            await Task.Yield();
            return new Mood(text.ToLowerInvariant());
        }

        [StepArgumentTransformation(order: 2)]
        public static Choice High(string text) => new($"high {text}");

        [StepArgumentTransformation(order: 1)]
        public static Choice Low(string text) => new(text == "x" ? "low" : "?");

        [StepArgumentTransformation]
        public static List<KeyValuePair<string, decimal>> Prices(DataTable table)
            => [.. table.Rows.Select(row => KeyValuePair.Create(row["item"], decimal.Parse(row["price"])))];

        [StepArgumentTransformation]
        public static long Doubled(long value) => 2 * value;

        [StepArgumentTransformation]
        public static short Minus(sbyte value) => (short)-value;

        [StepArgumentTransformation]
        public static sbyte Plus(short value) => (sbyte)value;

        [StepArgumentTransformation]
        public static Half Broken(string text) => throw new NotSupportedException(text);

        [Given("^due (.*)$")]
        public void Due(DateTime date) => log.Add(date.ToString("yyyy-MM-dd"));

        [Given("take {int}")]
        public void Take(int value) => log.Add($"{value}");

        [Given("^mood (SOUR)$")]
        public void Awaited(Mood mood) => log.Add($"awaited {mood.Text}");

        [Given("named {mood}")]
        public void Named(string mood) => log.Add($"named {mood}");

        [Given("double {}")]
        public void Double(long value) => log.Add($"{value}");

        [Given("circle {}")]
        public void Circle(short value) => log.Add($"{value}");

        [Given("^order (.*)$")]
        public void Order(Choice choice) => log.Add(choice.Text);

        [Given("^broken (.*)$")]
        public void TakeBroken(Half value) => log.Add($"{value}");

        [Given("prices")]
        public void TakePrices(List<KeyValuePair<string, decimal>> prices)
            => log.Add(string.Join(";", prices.Select(price => $"{price.Key}={price.Value}")));
    }

    [Binding]
    internal sealed class Returning(Log log)
    {
        [Given("task")]
        public async Task ATask() => await Later("task");

        [Given("task of int")]
        public async Task<int> ATaskOfInt() => await Later("task<int>");

        [Given("value task")]
        public async ValueTask AValueTask() => await Later("valuetask");

        [Given("value task of int")]
        public async ValueTask<int> AValueTaskOfInt() => await Later("valuetask<int>");

        [Given("int")]
        public int AnInt()
        {
            log.Add("int");
            return 1;
        }

        [Given("static")]
        private static void Static() => throw new OperationCanceledException();

        [Given("failing task")]
        public async Task Failing()
        {
            await Task.Yield();
            throw new TimeoutException();
        }

        [Given("culture")]
        public async Task Culture()
        {
            var before = CultureInfo.CurrentCulture.Name;
            await Task.Yield();
            log.Add($"{before}/{CultureInfo.CurrentCulture.Name}");
        }

        private async Task<int> Later(string text)
        {
            await Task.Yield();
            log.Add(text);
            return 1;
        }
    }

    [Binding]
    internal sealed class Flowing(Log log)
    {
        private static readonly AsyncLocal<int> Value = new();

        [Given("set {int}")]
        public void Set(int value) => Value.Value = value;

        [Given("set {int} in a task")]
        public async Task SetLater(int value)
        {
            Value.Value = value;
            await Task.Yield();
        }

        [Then("see")]
        public void See() => log.Add($"{Value.Value}");
    }
}
