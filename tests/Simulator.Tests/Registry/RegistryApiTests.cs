using System.Net.Http.Headers;
using System.Text;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Simulator.Tests.Registry;

public sealed class RegistryApiTests
{
    private const string Gateway = """{"authorities":["auto-provisioning-enabled"]}""";

    [Fact]
    public async Task KantoSuite_SetUpAndCleanUp_Work()
    {
        await using var world = await RegistryWorld.StartAsync();
        Assert.Equal(201, await world.StatusAsync("POST", "/v1/tenants/t1", """{"ext":{"messaging-type":"amqp"}}"""));

        Assert.Equal(404, await world.StatusAsync("GET", "/v1/devices/t1/test:dev7"));
        var created = await world.SendAsync("POST", "/v1/devices/t1/test:dev7", Gateway);
        Assert.Equal((201, "test:dev7"), (created.Status, created.Body.GetProperty("id").GetString()));
        Assert.Equal("/v1/devices/t1/test:dev7", created.Response.Headers.Location?.OriginalString);
        Assert.Equal(204, await world.StatusAsync(
            "PUT", "/v1/credentials/t1/test:dev7", """[{"type":"hashed-password","auth-id":"test_dev7","secrets":[{"pwd-plain":"secret"}]}]"""));
        world.Registry.Provision(new GatewayIdentity("test:dev7", "t1"), "test:dev7:edge:containers");

        var listed = await world.SendAsync("GET", "/v1/devices/t1/");
        var child = Assert.Single(listed.Body.GetProperty("result").EnumerateArray(), d => d.TryGetProperty("via", out var via) && via[0].GetString() == "test:dev7");
        Assert.Equal(2, listed.Body.GetProperty("total").GetInt32());
        Assert.Equal(204, await world.StatusAsync("DELETE", $"/v1/devices/t1/{child.GetProperty("id")}"));
        Assert.Equal(204, await world.StatusAsync("DELETE", "/v1/devices/t1/test:dev7"));
        Assert.Equal(404, await world.StatusAsync("DELETE", "/v1/devices/t1/test:dev7"));
        Assert.Equal(404, await world.StatusAsync("GET", "/v1/devices/t1/"));
    }

    [Fact]
    public async Task Versions_GuardChanges_AndEachChangeGivesANewOne()
    {
        await using var world = await RegistryWorld.StartAsync();
        foreach (var path in (string[])["/v1/tenants/t1", "/v1/devices/t1/d"])
        {
            var first = RegistryWorld.Version((await world.SendAsync("POST", path)).Response);
            Assert.DoesNotContain('"', first);
            Assert.Equal(first, RegistryWorld.Version((await world.SendAsync("GET", path)).Response));
            Assert.Equal(409, await world.StatusAsync("POST", path));
            Assert.Equal(412, await world.StatusAsync("PUT", path, "{}", "other"));
            Assert.Equal(412, await world.StatusAsync("DELETE", path, null, "other"));

            var changed = await world.SendAsync("PUT", path, """{"enabled":false}""", first);

            Assert.Equal(204, changed.Status);
            Assert.NotEqual(first, RegistryWorld.Version(changed.Response));
            Assert.Equal(412, await world.StatusAsync("PUT", path, "{}", first));
        }

        var version = RegistryWorld.Version((await world.SendAsync("GET", "/v1/tenants/t1")).Response);
        Assert.Equal(204, await world.StatusAsync("DELETE", "/v1/tenants/t1", null, $"\"{version}\""));
        var gone = await world.SendAsync("GET", "/v1/devices/t1/d");
        Assert.Equal(404, gone.Status);
        Assert.Contains("t1", gone.Body.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_WithoutId_GivesOne()
    {
        await using var world = await RegistryWorld.StartAsync();

        var tenant = (await world.SendAsync("POST", "/v1/tenants", """{"enabled":true}""")).Body.GetProperty("id").GetString();
        var device = await world.SendAsync("POST", $"/v1/devices/{tenant}");

        Assert.Equal(201, device.Status);
        var found = await world.SendAsync("GET", device.Response.Headers.Location!.OriginalString);
        Assert.Equal(200, found.Status);
        Assert.Equal("ditto", found.Body.GetProperty("status").GetProperty("last-user").GetString());
        Assert.False(found.Body.GetProperty("status").GetProperty("auto-provisioned").GetBoolean());
    }

    [Fact]
    public async Task Credentials_KeepPasswordsHashed_AndNeverGiveThemBack()
    {
        await using var world = await RegistryWorld.StartAsync();
        await world.StatusAsync("POST", "/v1/tenants/t1");
        await world.StatusAsync("POST", "/v1/devices/t1/d");
        Assert.Equal("[]", (await world.SendAsync("GET", "/v1/credentials/t1/d")).Body.GetRawText());

        await world.StatusAsync("PUT", "/v1/credentials/t1/d", """[{"type":"hashed-password","auth-id":"a","secrets":[{"pwd-plain":"s3cret"}]}]""");

        var shown = await world.SendAsync("GET", "/v1/credentials/t1/d");
        var secret = Assert.Single(shown.Body[0].GetProperty("secrets").EnumerateArray());
        Assert.Equal(["id"], secret.EnumerateObject().Select(m => m.Name));
        var kept = world.Registry.Find("t1", "d")!.Credentials[0].Data.GetRawText();
        Assert.Contains("\"pwd-hash\":", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", kept, StringComparison.Ordinal);

        var again = $$"""[{"type":"hashed-password","auth-id":"a","secrets":[{"id":"{{secret.GetProperty("id")}}","comment":"same"}]}]""";
        Assert.Equal(412, await world.StatusAsync("PUT", "/v1/credentials/t1/d", again, "other"));
        Assert.Equal(204, await world.StatusAsync("PUT", "/v1/credentials/t1/d", again, RegistryWorld.Version(shown.Response)));
        var hash = JsonOf(kept).GetProperty("secrets")[0].GetProperty("pwd-hash").GetString();
        Assert.Equal(hash, world.Registry.Find("t1", "d")!.Credentials[0].Data.GetProperty("secrets")[0].GetProperty("pwd-hash").GetString());

        await world.StatusAsync("POST", "/v1/devices/t1/other");
        Assert.Equal(409, await world.StatusAsync("PUT", "/v1/credentials/t1/other", """[{"type":"hashed-password","auth-id":"a","secrets":[{"pwd-plain":"x"}]}]"""));
        await world.StatusAsync("DELETE", "/v1/devices/t1/d");
        Assert.Equal(404, await world.StatusAsync("GET", "/v1/credentials/t1/d"));
        Assert.Equal(204, await world.StatusAsync("PUT", "/v1/credentials/t1/other", """[{"type":"hashed-password","auth-id":"a","secrets":[{"pwd-plain":"x"}]}]"""));
    }

    [Fact]
    public async Task Search_Filters_Sorts_Pages()
    {
        await using var world = await RegistryWorld.StartAsync();
        await world.StatusAsync("POST", "/v1/tenants/t1");
        foreach (var n in Enumerable.Range(1, 35))
            await world.StatusAsync("POST", $"/v1/devices/t1/d{n:00}", $$"""{"enabled":{{(n % 2 == 0 ? "true" : "false")}},"via":["gw{{n % 3}}"],"ext":{"n":{{n}},"brand":"b{{n}}"} }""");
        await world.StatusAsync("POST", "/v1/devices/t1/gw0");

        Assert.Equal(30, RegistryWorld.Ids(await FoundAsync("")).Length);
        Assert.Equal(["d03", "d04"], RegistryWorld.Ids(await FoundAsync("?pageSize=2&pageOffset=2")));
        Assert.Equal(["gw0", "d35"], RegistryWorld.Ids(await FoundAsync("""?pageSize=2&sortJson={"field":"/id","direction":"desc"}""")));
        Assert.Equal(["d06", "d12", "d18", "d24", "d30"], RegistryWorld.Ids(await FoundAsync(
            """?filterJson={"field":"/enabled","value":true}&filterJson={"field":"/via","value":"gw0"}&filterJson={"field":"/ext/brand","value":"b*"}""")));
        Assert.Equal(["d07"], RegistryWorld.Ids(await FoundAsync("""?filterJson={"field":"/ext/n","value":7}""")));
        Assert.Equal(["gw0"], RegistryWorld.Ids(await FoundAsync("?isGateway=true")));
        Assert.Equal(["t1"], RegistryWorld.Ids((await world.SendAsync("GET", "/v1/tenants")).Body));
        foreach (var bad in (string[])["pageSize=201", "pageSize=-1", "pageOffset=x", "filterJson={}", "sortJson=x", """filterJson={"field":"/a","op":"gt","value":1}"""])
            Assert.Equal(400, await world.StatusAsync("GET", $"/v1/devices/t1?{bad}"));

        async Task<System.Text.Json.JsonElement> FoundAsync(string query) => (await world.SendAsync("GET", $"/v1/devices/t1{query}")).Body;
    }

    [Theory]
    [InlineData("POST", "/v1/devices/t1/d2", """{"enabled":"yes"}""", 400)]
    [InlineData("POST", "/v1/devices/t1/d2", """{"enable":true}""", 400)]
    [InlineData("POST", "/v1/devices/t1/d2", """{"memberOf":["g"],"via":["gw"]}""", 400)]
    [InlineData("POST", "/v1/devices/t1/d2", "[]", 400)]
    [InlineData("POST", "/v1/devices/t1/d2", "{", 400)]
    [InlineData("POST", "/v1/devices/t1/d%202", "{}", 400)]
    [InlineData("POST", "/v1/devices/none/d2", "{}", 404)]
    [InlineData("POST", "/v1/tenants/a:b", "{}", 400)]
    [InlineData("POST", "/v1/tenants/t2", """{"adapters":[]}""", 400)]
    [InlineData("PUT", "/v1/tenants/none", "{}", 404)]
    [InlineData("PUT", "/v1/devices/t1/none", "{}", 404)]
    [InlineData("PUT", "/v1/credentials/t1/none", "[]", 404)]
    [InlineData("PUT", "/v1/credentials/t1/d", "{}", 400)]
    [InlineData("PUT", "/v1/credentials/t1/d", """[{"type":"hashed-password","auth-id":"a:b","secrets":[{"pwd-plain":"x"}]}]""", 400)]
    [InlineData("PUT", "/v1/credentials/t1/d", """[{"type":"hashed-password","auth-id":"a","secrets":[]}]""", 400)]
    [InlineData("PUT", "/v1/credentials/t1/d", """[{"type":"hashed-password","auth-id":"a","secrets":[{}]}]""", 400)]
    [InlineData("PUT", "/v1/credentials/t1/d", """[{"type":"magic","auth-id":"a","secrets":[{}]}]""", 400)]
    [InlineData("GET", "/v1/nothing", null, 404)]
    public async Task BadRequest_GetsAnErrorThatSaysSo(string method, string path, string? body, int status)
    {
        await using var world = await RegistryWorld.StartAsync();
        await world.StatusAsync("POST", "/v1/tenants/t1");
        await world.StatusAsync("POST", "/v1/devices/t1/d");

        var answer = await world.SendAsync(method, path, body);

        Assert.Equal(status, answer.Status);
        Assert.NotEmpty(answer.Body.GetProperty("error").GetString()!);
    }

    [Fact]
    public async Task Limits_OfTheTenant_Hold()
    {
        await using var world = await RegistryWorld.StartAsync();
        await world.StatusAsync("POST", "/v1/tenants/t1", """{"registration-limits":{"max-devices":1,"max-credentials-per-device":0}}""");

        Assert.Equal(201, await world.StatusAsync("POST", "/v1/devices/t1/d1"));
        Assert.Equal(403, await world.StatusAsync("POST", "/v1/devices/t1/d2"));
        Assert.Equal(403, await world.StatusAsync("PUT", "/v1/credentials/t1/d1", """[{"type":"psk","auth-id":"a","secrets":[{"key":"AA=="}]}]"""));
    }

    [Fact]
    public async Task WrongPassword_Gets401()
    {
        await using var world = await RegistryWorld.StartAsync();
        world.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("ditto:no")));

        var answer = await world.SendAsync("GET", "/v1/tenants");

        Assert.Equal(401, answer.Status);
        Assert.Equal("Basic", Assert.Single(answer.Response.Headers.WwwAuthenticate).Scheme);
    }

    private static System.Text.Json.JsonElement JsonOf(string text) => System.Text.Json.JsonElement.Parse(text);
}
