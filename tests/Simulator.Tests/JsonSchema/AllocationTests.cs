using System.Text;
using System.Text.Json;
using Leda.Harness.Simulator.JsonSchema;
using Leda.Harness.Simulator.Tests.Referee;

namespace Leda.Harness.Simulator.Tests.JsonSchema;

/// <summary>A valid message costs no garbage, whichever schema of ours it is held against.</summary>
public sealed class AllocationTests
{
    [Fact]
    public void IsValid_EveryExampleOfOurSchemas_AllocatesNothing()
    {
        var count = 0;
        foreach (var path in Cloud.Catalogue.Schemas.Paths.Where(path => path != "common.json"))
        {
            var validator = Cloud.Catalogue.Schemas[path];
            foreach (var example in JsonElement.Parse(SecondOpinion.SecondOpinion.Text(path)).GetProperty("examples").EnumerateArray())
            {
                var utf8 = Encoding.UTF8.GetBytes(example.GetRawText());
                Assert.True(validator.IsValid(utf8), $"{path}: {example}");
                var garbage = Enumerable.Range(0, 10).Min(_ => Garbage(validator, utf8)); // what the runtime does meanwhile is not ours
                Assert.True(garbage == 0, $"{path}: {garbage} bytes for {example}");
                count++;
            }
        }

        Assert.True(count > 50, $"{count} examples only");
    }

    private static long Garbage(JsonValidator validator, byte[] utf8)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        validator.IsValid(utf8);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
