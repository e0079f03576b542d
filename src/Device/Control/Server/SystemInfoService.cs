using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Leda.Harness.Device.Control.Wire;

namespace Leda.Harness.Device.Control.Server;

/// <summary>Tells what this device is.</summary>
internal sealed class SystemInfoService : SystemInfo.SystemInfoBase
{
    public override Task<ProjectInfoResponse> ProjectInfo(Empty request, ServerCallContext context) =>
        Task.FromResult(new ProjectInfoResponse { ProjectInfo = Product.Info });
}
