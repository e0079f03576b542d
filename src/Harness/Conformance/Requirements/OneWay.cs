using Leda.Harness.Conformance.Acts;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Conformance.Requirements;

/// <summary>OW: commands that nobody wants an answer to. The operation is one that does not exist, so that nothing happens.</summary>
internal static class OneWay
{
    private static readonly Command _command = new(ContainerFactory.FeatureId, Errors.Unknown);

    /// <summary>All of them.</summary>
    public static IEnumerable<Requirement> All =>
    [
        Silent("OW-01", "A command with response-required false is not answered.", _command with { ResponseRequired = false }),
        Silent("OW-02", "A command without response-required is not answered.", _command with { ResponseRequired = null }, "OW-01"),
        Silent("OW-03", "A command without a request id is not answered.", _command with { HasRequestId = false }, "OW-01"),
    ];

    private static Requirement Silent(string id, string sentence, Command command, params string[] needs)
    {
        var act = new Act<OperationScene>(id, async device => new OperationScene(await device.InvokeAsync(command), ""));
        return new Requirement(id, sentence, Kanto.Section("2.5"))
        {
            Needs = needs,
            Rules = ["response/", "schema/ditto"],
            Play = async trial =>
            {
                var exchange = (await trial.SeeAsync(act)).Exchange;
                Trial.Expect(exchange.Answer is null, "no answer", exchange.Seen, exchange.Wrong);
            },
        };
    }
}
