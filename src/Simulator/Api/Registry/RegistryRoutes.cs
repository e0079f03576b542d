using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Registry;
using Microsoft.AspNetCore.Http;

namespace Leda.Harness.Simulator.Api.Registry;

/// <summary><c>/v1/tenants</c>, <c>/v1/devices</c> and <c>/v1/credentials</c>: Hono's device registry management API, version 1
/// (<c>connectors-and-leda.md</c> 4.3 and 7.6).</summary>
internal sealed class RegistryRoutes(DeviceRegistry registry)
{
    public async ValueTask<ApiReply> AnswerAsync(ApiRequest request) => request.Segments switch
    {
        ["tenants"] => await TenantsAsync(request),
        ["tenants", { Length: > 0 } tenant] => await TenantAsync(request, tenant),
        ["devices", { Length: > 0 } tenant] => await DevicesAsync(request, tenant),
        ["devices", { Length: > 0 } tenant, { Length: > 0 } device] => await DeviceAsync(request, tenant, device),
        ["credentials", { Length: > 0 } tenant, { Length: > 0 } device] => await CredentialsAsync(request, tenant, device),
        _ => RegistryReply.Error(StatusCodes.Status404NotFound, "There is nothing here. Try /v1/tenants, /v1/devices or /v1/credentials."),
    };

    private async ValueTask<ApiReply> TenantsAsync(ApiRequest request) => request.Method switch
    {
        "POST" => await WriteAsync(request, "/v1/tenants", body => registry.CreateTenant(null, body)),
        "GET" => Search(request, registry.Tenants.Select(t => t.ToSearchJson())),
        _ => ApiReply.MethodNotAllowed,
    };

    private async ValueTask<ApiReply> TenantAsync(ApiRequest request, string tenant) => request.Method switch
    {
        "POST" => await WriteAsync(request, "/v1/tenants", body => registry.CreateTenant(tenant, body)),
        "GET" => registry.Find(tenant) is { } found ? RegistryReply.Found(found.Data, found.Status.Version) : RegistryReply.Of(RegistryOutcome.NoTenant(tenant)),
        "PUT" => await ReplaceAsync(request, body => registry.UpdateTenant(tenant, body, Version(request))),
        "DELETE" => RegistryReply.Of(registry.DeleteTenant(tenant, Version(request))),
        _ => ApiReply.MethodNotAllowed,
    };

    private async ValueTask<ApiReply> DevicesAsync(ApiRequest request, string tenant) => request.Method switch
    {
        "POST" => await WriteAsync(request, $"/v1/devices/{tenant}", body => registry.CreateDevice(tenant, null, body, User(request))),
        "GET" => registry.Find(tenant) is { } home ? Search(request, Devices(request, home)) : RegistryReply.Of(RegistryOutcome.NoTenant(tenant)),
        "DELETE" => RegistryReply.Of(registry.DeleteDevices(tenant)),
        _ => ApiReply.MethodNotAllowed,
    };

    private async ValueTask<ApiReply> DeviceAsync(ApiRequest request, string tenant, string device) => request.Method switch
    {
        "POST" => await WriteAsync(request, $"/v1/devices/{tenant}", body => registry.CreateDevice(tenant, device, body, User(request))),
        "GET" => Find(tenant, device, found => RegistryReply.Found(found.ToJson(), found.Status.Version)),
        "PUT" => await ReplaceAsync(request, body => registry.UpdateDevice(tenant, device, body, Version(request), User(request))),
        "DELETE" => RegistryReply.Of(registry.DeleteDevice(tenant, device, Version(request))),
        _ => ApiReply.MethodNotAllowed,
    };

    private async ValueTask<ApiReply> CredentialsAsync(ApiRequest request, string tenant, string device) => request.Method switch
    {
        "GET" => Find(tenant, device, found => RegistryReply.Found(Shown(found), found.CredentialsVersion)),
        "PUT" => await ReplaceAsync(request, body => registry.SetCredentials(tenant, device, body, Version(request))),
        _ => ApiReply.MethodNotAllowed,
    };

    private ApiReply Find(string tenant, string device, Func<RegisteredDevice, ApiReply> show)
    {
        if (registry.Find(tenant) is not { } home)
            return RegistryReply.Of(RegistryOutcome.NoTenant(tenant));
        return home.Devices.TryGetValue(device, out var found) ? show(found) : RegistryReply.Of(RegistryOutcome.NoDevice(tenant, device));
    }

    private static JsonElement Shown(RegisteredDevice device) => JsonText.Build(writer =>
    {
        writer.WriteStartArray();
        foreach (var credential in device.Credentials)
            credential.WriteTo(writer);
        writer.WriteEndArray();
    });

    private static IEnumerable<JsonElement> Devices(ApiRequest request, RegisteredTenant tenant)
    {
        var devices = tenant.Devices.Values;
        if (!bool.TryParse(request.Query("isGateway"), out var isGateway))
            return devices.Select(d => d.ToSearchJson());
        var gateways = devices.SelectMany(d => d.Via).ToHashSet();
        return devices.Where(d => gateways.Contains(d.Id) == isGateway).Select(d => d.ToSearchJson());
    }

    private static ApiReply Search(ApiRequest request, IEnumerable<JsonElement> entities)
    {
        if (!RegistrySearch.TryRead(request.Http.Request.Query, out var search, out var problem))
            return RegistryReply.Error(StatusCodes.Status400BadRequest, problem);
        return search.Run(entities) is { } found
            ? ApiReply.Ok(found)
            : RegistryReply.Error(StatusCodes.Status404NotFound, "Nothing matches. Register something, or search by other filters.");
    }

    /// <summary>A creation: the body may be left out.</summary>
    private static async ValueTask<ApiReply> WriteAsync(ApiRequest request, string collection, Func<JsonElement?, RegistryOutcome> write)
    {
        var (value, error) = request.HasBody ? await request.ReadJsonAsync() : (default, null);
        return error is null
            ? RegistryReply.Of(write(request.HasBody ? value : null), collection)
            : Refused(error);
    }

    private static async ValueTask<ApiReply> ReplaceAsync(ApiRequest request, Func<JsonElement, RegistryOutcome> write)
    {
        var (value, error) = await request.ReadJsonAsync();
        return error is null ? RegistryReply.Of(write(value)) : Refused(error);
    }

    private static ApiReply Refused(DittoError error) =>
        RegistryReply.Error(StatusCodes.Status400BadRequest, $"{error.Message} {error.Description}");

    /// <summary>The version that must be there, with or without quotes; the management API sends it without.</summary>
    private static string? Version(ApiRequest request) => ((string?)request.Http.Request.Headers.IfMatch)?.Trim().Trim('"') is { Length: > 0 } version ? version : null;

    private static string User(ApiRequest request) => request.Caller.DefaultSubject[(request.Caller.DefaultSubject.IndexOf(':') + 1)..];
}
