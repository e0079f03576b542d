using System.Text;
using System.Text.Json;
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
                for (var i = 0; i < 3; i++)
                    Assert.True(validator.IsValid(utf8), $"{path}: {example}"); // what is compiled at the first time is not counted
                var before = GC.GetAllocatedBytesForCurrentThread();
                validator.IsValid(utf8);
                Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
                count++;
            }
        }

        Assert.True(count > 50, $"{count} examples only");
    }
}
