using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Leda.Harness.Scenarios.Bindings;
using Leda.Harness.Scenarios.Features;
using Leda.Harness.Scenarios.Running;
using Microsoft.Extensions.Time.Testing;
using Reqnroll;

namespace Leda.Harness.Harness.Tests.Scenarios;

/// <summary>
/// 48 examples that were observed on Reqnroll itself, culture en-US, one step method with the listed parameter types.
/// Results: <c>=</c> arguments; <c>UNDEF</c>; <c>COUNT n</c> mismatch; <c>REG c: text</c> registry error at column c; <c>EX T</c>.
/// </summary>
public sealed partial class ConformanceTests
{
    private const string Rows = """
        1 ¦ the {word} pump runs at {int} rpm ¦ the north pump runs at -40 rpm ¦ string,int ¦ = north ; -40
        2 ¦ count {int} items ¦ count 2.5 items ¦ int ¦ UNDEF
        3 ¦ count {int} items ¦ count +2 items ¦ int ¦ UNDEF
        4 ¦ count {int} items ¦ Count 7 items ¦ int ¦ UNDEF
        5 ¦ count {int} items ¦ count 7 items left ¦ int ¦ UNDEF
        6 ¦ count {int} items ¦ count 5000000000 items ¦ int ¦ EX OverflowException
        7 ¦ count {int} items ¦ count 7 items ¦ string ¦ = 7
        8 ¦ count {int} items ¦ count 7 items ¦ TimeSpan ¦ = 7.00:00:00
        9 ¦ count {int} items ¦ count 7 items ¦ long? ¦ = 7
        10 ¦ level is {float} m ¦ level is -0.75 m ¦ float ¦ = -0.75
        11 ¦ level is {float} m ¦ level is 1E3 m ¦ float ¦ = 1000
        12 ¦ level is {float} m ¦ level is 1e3 m ¦ float ¦ UNDEF
        13 ¦ level is {float} m ¦ level is 2,5 m ¦ float ¦ = 25
        14 ¦ limit {decimal} reached ¦ limit 1,250.40 reached ¦ decimal ¦ = 1250.40
        15 ¦ limit {double} reached ¦ limit .5 reached ¦ double ¦ = 0.5
        16 ¦ tag {string} is set ¦ tag '' is set ¦ string ¦ = (empty)
        17 ¦ tag {string} is set ¦ tag "a \"q\" b" is set ¦ string ¦ = a \"q\" b
        18 ¦ tag {string} is set ¦ tag plain is set ¦ string ¦ UNDEF
        19 ¦ copy {string} to {string} ¦ copy 'a' to "it's" ¦ string,string ¦ = a ; it's
        20 ¦ wait for {} ¦ wait for 00:00:30 ¦ TimeSpan ¦ = 00:00:30
        21 ¦ {} then {} ¦ a then b then c ¦ string,string ¦ = a then b ; c
        22 ¦ {int} valve(s) open ¦ 1 valve open ¦ int ¦ = 1
        23 ¦ the door/gate is shut ¦ the gate is shut ¦ - ¦ = -
        24 ¦ {int} nut(s)/bolt(s) ¦ 4 bolts ¦ int ¦ = 4
        25 ¦ sum of {int}{word} ¦ sum of 12kg ¦ int,string ¦ = 12 ; kg
        26 ¦ value \(raw) is 5\/6 ¦ value (raw) is 5/6 ¦ - ¦ = -
        27 ¦ rate 1.5? yes [ok] a|b * ¦ rate 1.5? yes [ok] a|b * ¦ - ¦ = -
        28 ¦ mode {DayOfWeek} ¦ mode friday ¦ DayOfWeek ¦ = Friday
        29 ¦ mode {DayOfWeek} ¦ mode someday ¦ DayOfWeek ¦ EX ArgumentException
        30 ¦ id {Guid} ¦ id 7f ¦ Guid ¦ = 7f000000-0000-0000-0000-000000000000
        31 ¦ flag {Boolean} ¦ flag TRUE ¦ bool ¦ = True
        32 ¦ flag {bool} ¦ flag true ¦ bool ¦ REG 6: Undefined parameter type 'bool'
        33 ¦ for {TimeSpan} ¦ for 00:00:30 ¦ TimeSpan ¦ REG 5: Undefined parameter type 'TimeSpan'
        34 ¦ a ({int}) b ¦ a 5 b ¦ int ¦ REG 4: optional may not contain a parameter
        35 ¦ a () b ¦ a  b ¦ - ¦ REG 3: optional must contain some text
        36 ¦ a (b/c) ¦ a b ¦ - ¦ REG 5: optional may not contain an alternation
        37 ¦ nested (a(b)) ¦ nested a ¦ - ¦ REG 10: optional may not contain an optional
        38 ¦ {int}/{int} done ¦ 1/2 done ¦ int,int ¦ REG 6: alternative may not be empty
        39 ¦ (only)/x y ¦ x y ¦ - ¦ REG 1: alternative may not consist only of optionals
        40 ¦ broken {int ¦ broken 5 ¦ int ¦ REG 8: '{' without '}'
        41 ¦ bad \q ¦ bad q ¦ - ¦ REG 6: cannot be escaped
        42 ¦ ^exactly {int}$ ¦ exactly {int} ¦ - ¦ = -
        43 ¦ temp (\d+) C ¦ temp 21 C ¦ int ¦ = 21
        44 ¦ pick (red|blue) one ¦ pick red one ¦ string ¦ UNDEF
        45 ¦ code \d{4} ¦ code 1234 ¦ - ¦ REG 7: cannot be escaped
        46 ¦ ^(very )?hot$ ¦ hot ¦ string ¦ COUNT 0
        47 ¦ x {int} ¦ x 5 ¦ int,int ¦ COUNT 1
        48 ¦ ^v (.*)$ ¦ v mon day ¦ DayOfWeek ¦ = Monday
        """;

    public static TheoryData<string, string, string, string, string> Examples
    {
        get
        {
            var data = new TheoryData<string, string, string, string, string>();
            foreach (var line in Rows.Split('\n'))
            {
                var cells = line.Split(" ¦ ");
                data.Add(cells[0], cells[1], cells[2], cells[3], cells[4]);
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Examples))]
    public async Task Step_ObservedExample_SameResult(string number, string expression, string step, string types, string expected)
        => Assert.Equal(expected, await Observe(expression, step, types, expected, number));

    private static async Task<string> Observe(string expression, string step, string types, string expected, string number)
    {
        Assert.NotEmpty(number);
        BindingRegistry registry;
        try
        {
            registry = new BindingRegistryBuilder().AddStep(MethodFor(types), new GivenAttribute(expression)).Build();
        }
        catch (BindingException error)
        {
            // The wording is ours: the column and the kind of the problem must agree.
            var column = Column().Match(error.Message).Groups[1].Value;
            var kind = expected[(expected.IndexOf(':') + 2)..];
            return $"REG {column}: {(error.Message.Contains(kind) ? kind : error.Message)}";
        }

        var log = new Log();
        var runner = new ScenarioRunner(registry, new RunnerOptions { Clock = new FakeTimeProvider(), ConfigureRun = run => run.RegisterInstanceAs(log) });
        var run = await runner.RunAsync(FeatureSet.Parse("f.feature", $"Feature: f\nScenario: s\n  Given {step}").Scenarios);
        var result = run.Scenarios[0].Steps[0];
        return result.Status switch
        {
            ScenarioStatus.Passed => $"= {log.Text}",
            ScenarioStatus.Undefined => "UNDEF",
            _ when result.Error is BindingException error => $"COUNT {Found().Match(error.Message).Groups[1].Value}",
            _ => $"EX {result.Error!.GetType().Name}",
        };
    }

    private static MethodInfo MethodFor(string types)
    {
        var signature = types.Replace("-", string.Empty).Replace("?", "Maybe").Replace(",", string.Empty);
        return typeof(Steps).GetMethod("Take" + signature, BindingFlags.Instance | BindingFlags.Public | BindingFlags.IgnoreCase)!;
    }

    [GeneratedRegex(@"Column (\d+)")]
    private static partial Regex Column();

    [GeneratedRegex(@"Parameter count mismatch!.* gives (\d+)\.")]
    private static partial Regex Found();

    internal sealed class Steps(Log log)
    {
        public void Take() => log.Add("-");

        public void TakeString(string a) => Note(a);

        public void TakeInt(int a) => Note(a);

        public void TakeFloat(float a) => Note(a);

        public void TakeDouble(double a) => Note(a);

        public void TakeDecimal(decimal a) => Note(a);

        public void TakeBool(bool a) => Note(a);

        public void TakeGuid(Guid a) => Note(a);

        public void TakeTimeSpan(TimeSpan a) => Note(a);

        public void TakeDayOfWeek(DayOfWeek a) => Note(a);

        public void TakeLongMaybe(long? a) => Note(a);

        public void TakeStringInt(string a, int b) => Note(a, b);

        public void TakeStringString(string a, string b) => Note(a, b);

        public void TakeIntString(int a, string b) => Note(a, b);

        public void TakeIntInt(int a, int b) => Note(a, b);

        private void Note(params object?[] values)
            => log.Add(string.Join(" ; ", values.Select(value => value is "" ? "(empty)" : string.Create(CultureInfo.InvariantCulture, $"{value}"))));
    }
}
