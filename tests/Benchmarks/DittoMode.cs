using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Leda.Harness.Hosting;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator;
using Leda.Harness.Simulator.Api;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Benchmarks;

/// <summary>
/// The cloud under load: <c>ditto [--seconds 5]</c>. Modifies through the Ditto protocol in this process; HTTP PUT of a property with
/// keep-alive, by the API alone and with journal and referee; one change to 1,000 WebSocket subscribers; memory of 10,000 things.
/// </summary>
internal static class DittoMode
{
    private const int Connections = 16;
    private const int Subscribers = 1_000;
    private const int Things = 10_000;

    public static async Task RunAsync(string[] args)
    {
        var seconds = TwinLatencyMode.Option(args, "--seconds", 5);
        for (var round = 1; round <= 3; round++)
        {
            Console.WriteLine($"round {round}");
            Modify(seconds);
            var cloud = NewCloud();
            await using (var api = await ApiHost.StartAsync(new ApiOptions { Port = 0 }, cloud))
                await PutAsync("API alone", api.Url, seconds);
            await using (var harness = await LedaHarness.StartAsync(new HarnessOptions { MqttPort = 0, Device = false, Http = new ApiOptions { Port = 0 } }, Clock.Real))
                await PutAsync("journal and referee on", harness.HttpUrl!, seconds);
            await FanOutAsync();
            Remember();
        }
    }

    private static DittoCloud NewCloud() => new(Clock.Real, new IdSource(1));

    private static void Modify(int seconds)
    {
        var cloud = NewCloud();
        var caller = Caller.Of("nginx:ditto");
        Execute(cloud, caller, "/", """{"features":{"lamp":{"properties":{"on":false,"brightness":1,"colour":"red"}}}}""");
        var count = 0L;
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed.TotalSeconds < seconds)
        {
            for (var i = 0; i < 1_000; i++)
                Execute(cloud, caller, "/features/lamp/properties/brightness", (count + i).ToString(CultureInfo.InvariantCulture));
            count += 1_000;
        }

        Console.WriteLine($"  modify, envelope text to event, one thread: {count / clock.Elapsed.TotalSeconds:0} a second");
    }

    private static void Execute(DittoCloud cloud, Caller caller, string path, string value)
    {
        var text = Encoding.UTF8.GetBytes(
            $$"""{"topic":"ns/thing/things/twin/commands/modify","headers":{"correlation-id":"c","response-required":false},"path":"{{path}}","value":{{value}}}""");
        var envelope = Envelope.Parse(text);
        if (!TwinCommand.TryRead(TopicPath.Parse(envelope.Topic), envelope, caller, out var command, out var error) || (error = cloud.Things.Execute(command).Error) is not null)
            throw new InvalidOperationException(error.Message);
    }

    private static async Task PutAsync(string what, Uri url, int seconds)
    {
        await AskAsync(url, "PUT /api/2/things/ns:load", """{"features":{"lamp":{"properties":{"brightness":1}}}}""", 1, 1, null);
        var counts = new long[Connections];
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(i => AskAsync(url, "PUT /api/2/things/ns:load/features/lamp/properties/brightness", "42", seconds, long.MaxValue, counts, i)));
        Console.WriteLine($"  HTTP PUT of a property, {Connections} connections, {what}: {counts.Sum() / (double)seconds:0} a second");
    }

    /// <summary>One request after the other on one connection, each answered 2xx.</summary>
    private static async Task AskAsync(Uri url, string line, string body, int seconds, long most, long[]? counts, int slot = 0)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(url.Host, url.Port);
        var request = Encoding.ASCII.GetBytes(
            $"{line} HTTP/1.1\r\nHost: {url.Authority}\r\nAuthorization: Basic ZGl0dG86ZGl0dG8=\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        var answer = new byte[4_096];
        var clock = Stopwatch.StartNew();
        for (var done = 0L; done < most && clock.Elapsed.TotalSeconds < seconds; done++)
        {
            await socket.SendAsync(request);
            var length = await socket.ReceiveAsync(answer);
            if (length < 12 || answer[9] != (byte)'2')
                throw new InvalidOperationException(Encoding.ASCII.GetString(answer, 0, length));
            if (counts is not null)
                counts[slot]++;
        }
    }

    private static async Task FanOutAsync()
    {
        var cloud = NewCloud();
        await using var api = await ApiHost.StartAsync(new ApiOptions { Port = 0 }, cloud);
        var caller = Caller.Of("nginx:ditto");
        Execute(cloud, caller, "/", """{"features":{"lamp":{"properties":{"brightness":1}}}}""");
        var sockets = new List<ClientWebSocket>();
        for (var i = 0; i < Subscribers; i++)
            sockets.Add(await SubscribeAsync(api.Url));
        var times = new List<TimeSpan>();
        for (var i = 0; i < 20; i++)
        {
            var buffer = new byte[4_096];
            var arrived = sockets.ConvertAll(s => s.ReceiveAsync(buffer.AsMemory(), CancellationToken.None).AsTask());
            var start = Stopwatch.GetTimestamp();
            Execute(cloud, caller, "/features/lamp/properties/brightness", i.ToString(CultureInfo.InvariantCulture));
            await Task.WhenAll(arrived);
            times.Add(Stopwatch.GetElapsedTime(start));
        }

        times.Sort();
        Console.WriteLine($"  one change to {Subscribers} WebSocket subscribers, to the last: median {times[times.Count / 2].TotalMilliseconds:0.0} ms, worst of {times.Count} {times[^1].TotalMilliseconds:0.0} ms");
        foreach (var socket in sockets)
        {
            socket.Abort();
            socket.Dispose();
        }
    }

    private static async Task<ClientWebSocket> SubscribeAsync(Uri url)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", "Basic ZGl0dG86ZGl0dG8=");
        await socket.ConnectAsync(new Uri($"ws://{url.Authority}/ws/2"), CancellationToken.None);
        await socket.SendAsync("START-SEND-EVENTS"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        await socket.ReceiveAsync(new byte[256], CancellationToken.None);
        return socket;
    }

    private static void Remember()
    {
        var cloud = NewCloud();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var size = 0L;
        for (var i = 0; i < Things; i++)
        {
            var features = string.Join(',', Enumerable.Range(0, 5).Select(f => $$$$"""
                "sensor-{{{{f}}}}":{"definition":["com.acme:Sensor:1.0.0"],"properties":{"status":{"temperature":{{{{20 + f}}}}.5,"unit":"Celsius","name":"sensor {{{{f}}}} of line {{{{i % 40}}}}","readAt":"2026-03-01T09:15:26Z","healthy":true}}}
                """));
            var thing = ThingId.Parse($"acme.plant:press-{i}");
            var json = JsonText.Parse($"{{\"attributes\":{{\"line\":{i % 40},\"manufacturer\":\"ACME\"}},\"features\":{{" + features + "}}").Compacted();
            var outcome = cloud.Things.Execute(new TwinCommand(thing, "create", ResourcePath.Thing, json, DittoHeaders.Empty) { Caller = Caller.Of("nginx:ditto") });
            size += outcome.Value!.Value.GetRawText().Length;
        }

        var used = GC.GetTotalMemory(forceFullCollection: true) - before;
        Console.WriteLine($"  {Things} things with five features: {used / 1e6:0.0} MB for {size / 1e6:0.0} MB of JSON, {(double)used / size:0.00} times");
        GC.KeepAlive(cloud);
    }
}
