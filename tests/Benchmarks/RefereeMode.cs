using System.Diagnostics;
using System.Text;
using Leda.Harness.Simulator.JsonSchema;
using Second = Leda.Harness.SecondOpinion.SecondOpinion;

namespace Leda.Harness.Benchmarks;

/// <summary>
/// Our validator beside NJsonSchema: <c>referee [--seconds 10]</c>. Both read the same UTF-8 text and hold it against the same schema, in
/// alternating rounds; the medians count. The text is the container message of <c>seed-flow.md</c>: its value, and the whole envelope.
/// </summary>
internal static class RefereeMode
{
    private const int Rounds = 9;

    private const string Value =
        """{"definition":["com.bosch.iot.suite.edge.containers:Container:1.5.0"],"properties":{"status":{"name":"seatservice-example","imageRef":"ghcr.io/eclipse/kuksa.val.services/seat_service:v0.1.0","config":{"domainName":"seatservice-example-domain","hostName":"seatservice-example-host","env":["VEHICLEDATABROKER_DAPR_APP_ID=databroker","BROKER_ADDR=databroker-host:30555","RUST_LOG=info","vehicle_data_broker=info"],"restartPolicy":{"type":"UNLESS_STOPPED"},"extraHosts":["databroker-host:host_ip"],"portMappings":[{"proto":"tcp","hostPort":30051,"hostPortEnd":30051,"containerPort":50051,"hostIP":"localhost"}],"networkMode":"BRIDGE","log":{"type":"JSON_FILE","maxFiles":2,"maxSize":"1M","mode":"BLOCKING"}},"createdAt":"2023-02-02T08:46:33.792687313Z","state":{"status":"RUNNING","pid":13627,"startedAt":"2023-02-02T09:51:08.049572297Z","finishedAt":"2023-02-02T09:50:51.752255799Z"}}}}""";

    internal const string Message =
        $$"""{"topic":"foo/bar:baz:edge:containers/things/twin/commands/modify","headers":{"response-required":false},"path":"/features/Container:c2d9e0aa-1f64-4d0e-b1a4-77aa0c3e5b90","value":{{Value}}}""";

    public static void Run(string[] args)
    {
        var seconds = TwinLatencyMode.Option(args, "--seconds", 10);
        Compare("value", Value, "contract/container/container.json", Second.Text("contract/container/container.json"), seconds / 2.0);
        var whole = Second.Text("contract/ditto/ditto.twin-command.json").Replace("\"value\": {}", "\"value\": { \"$ref\": \"../container/container.json\" }", StringComparison.Ordinal);
        Compare("message", Message, "contract/ditto/message.json", whole, seconds / 2.0);
    }

    private static void Compare(string what, string text, string path, string schema, double seconds)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var documents = Second.Paths.Select(file => new SchemaDocument(file, Encoding.UTF8.GetBytes(Second.Text(file)))).ToDictionary(document => document.Path);
        documents[path] = new SchemaDocument(path, Encoding.UTF8.GetBytes(schema));
        var ours = SchemaSet.Load(documents.Values)[path];
        var theirs = Second.Of(path, schema);
        Func<bool>[] contenders = [() => ours.IsValid(utf8), () => theirs.Validate(Encoding.UTF8.GetString(utf8)).Count == 0];
        if (!Array.TrueForAll(contenders, check => check()))
            throw new InvalidOperationException($"the {what} is not valid");

        var times = new List<double>[] { [], [] };
        var garbage = new double[2];
        for (var round = -2; round < Rounds; round++) // the first two warm up
        {
            for (var i = 0; i < contenders.Length; i++)
            {
                var (nanoseconds, bytes) = Measure(contenders[i], seconds / (Rounds + 2) / 2);
                if (round >= 0)
                    times[i].Add(nanoseconds);
                garbage[i] = bytes;
            }
        }

        var medians = times.Select(all => all.Order().ElementAt(Rounds / 2)).ToList();
        Console.WriteLine($"{what}, {utf8.Length} bytes");
        Console.WriteLine($"  ours         {1e9 / medians[0],12:0} a second {medians[0],10:0} ns {garbage[0],8:0.##} bytes allocated");
        Console.WriteLine($"  NJsonSchema  {1e9 / medians[1],12:0} a second {medians[1],10:0} ns {garbage[1],8:0.##} bytes allocated");
        Console.WriteLine($"  {medians[1] / medians[0]:0.0} times its rate");
    }

    private static (double Nanoseconds, double Bytes) Measure(Func<bool> check, double seconds)
    {
        var count = 0L;
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        TimeSpan elapsed;
        do
        {
            for (var i = 0; i < 100; i++)
                check();
            count += 100;
            elapsed = Stopwatch.GetElapsedTime(start);
        }
        while (elapsed.TotalSeconds < seconds);
        return (elapsed.TotalNanoseconds / count, (GC.GetAllocatedBytesForCurrentThread() - bytes) / (double)count);
    }
}
