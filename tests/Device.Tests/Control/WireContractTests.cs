using Google.Protobuf.Reflection;
using Leda.Harness.Device.Control.Wire;

namespace Leda.Harness.Device.Tests.Control;

/// <summary>
/// What <c>kanto-cm</c> has compiled in: names of services and methods, and numbers and types of fields. The original's own client could not
/// be built here, so this is what compatibility rests on.
/// </summary>
public sealed class WireContractTests
{
    private const string Package = "github.com.eclipse_kanto.container_management.containerm.api";

    private static readonly FileDescriptor[] _files =
        [ContainerTypesReflection.Descriptor, ContainersReflection.Descriptor, SysinfoTypesReflection.Descriptor, SysinfoReflection.Descriptor];

    [Fact]
    public void Services_Methods_AreTheOriginals() => Assert.Equal(
        [
            $"{Package}.services.containers.Containers: Create Get List ListStream> Start >Attach> Stop Update Restart Pause Unpause Rename Remove Logs>",
            $"{Package}.services.sysinfo.SystemInfo: ProjectInfo",
        ],
        _files.SelectMany(f => f.Services).Select(s => $"{s.FullName}: {string.Join(' ', s.Methods.Select(Describe))}"));

    [Theory]
    [InlineData("Container", "1 id string, 2 name string, 3 image Image, 4 host_name string, 5 domain_name string, 6 resolv_conf_path string, 7 hosts_path string, 8 hostname_path string, 9 mounts MountPoint*, 10 hooks Hook*, 11 host_config HostConfig, 12 io_config IOConfig, 13 config ContainerConfiguration, 14 network_settings NetworkSettings, 15 state State, 16 created string, 17 manually_stopped bool, 18 restart_count int64")]
    [InlineData("Image", "1 name string, 2 decrypt_config DecryptConfig")]
    [InlineData("DecryptConfig", "1 keys string*, 2 recipients string*")]
    [InlineData("MountPoint", "1 destination string, 2 source string, 3 propagation_mode string")]
    [InlineData("Hook", "1 path string, 2 args string*, 3 env string*, 4 timeout int32, 5 type string")]
    [InlineData("HostConfig", "1 devices DeviceMapping*, 2 network_mode string, 3 privileged bool, 4 restart_policy RestartPolicy, 5 runtime string, 6 extra_hosts string*, 7 port_mappings PortMapping*, 8 log_config LogConfiguration, 9 resources Resources, 10 extra_capabilities string*")]
    [InlineData("DeviceMapping", "1 path_on_host string, 2 path_in_container string, 3 cgroup_permissions string")]
    [InlineData("RestartPolicy", "1 maximum_retry_count int64, 2 retry_timeout int64, 3 type string")]
    [InlineData("PortMapping", "1 protocol string, 2 host_ip string, 3 host_port int64, 4 host_port_end int64, 5 container_port int64")]
    [InlineData("LogConfiguration", "1 driver_config LogDriverConfiguration, 2 mode_config LogModeConfiguration")]
    [InlineData("LogDriverConfiguration", "1 type string, 2 max_files int64, 3 max_size string, 4 root_dir string")]
    [InlineData("LogModeConfiguration", "1 mode string, 2 max_buffer_size string")]
    [InlineData("Resources", "1 memory string, 2 memory_reservation string, 3 memory_swap string")]
    [InlineData("IOConfig", "1 attach_stderr bool, 2 attach_stdin bool, 3 attach_stdout bool, 4 open_stdin bool, 5 stdin_once bool, 6 tty bool")]
    [InlineData("ContainerConfiguration", "1 env string*, 2 cmd string*")]
    [InlineData("NetworkSettings", "1 networks NetworksEntry*, 2 sandbox_id string, 3 sandbox_key string, 4 network_controller_id string")]
    [InlineData("EndpointSettings", "1 id string, 2 gateway string, 3 ip_address string, 4 mac_address string, 5 network_id string")]
    [InlineData("State", "1 pid int64, 2 started_at string, 3 error string, 4 exit_code int64, 5 finished_at string, 6 exited bool, 7 dead bool, 8 restarting bool, 9 paused bool, 10 running bool, 11 status string, 12 oomKilled bool")]
    [InlineData("StopOptions", "1 timeout int64, 2 force bool, 3 signal string")]
    [InlineData("UpdateOptions", "1 restart_policy RestartPolicy, 2 resources Resources")]
    [InlineData("CreateContainerRequest", "1 container Container")]
    [InlineData("CreateContainerResponse", "1 container Container")]
    [InlineData("GetContainerRequest", "1 id string")]
    [InlineData("GetContainerResponse", "1 container Container")]
    [InlineData("ListContainersRequest", "")]
    [InlineData("ListContainersResponse", "1 containers Container*")]
    [InlineData("ListContainerMessage", "1 container Container")]
    [InlineData("StartContainerRequest", "1 id string")]
    [InlineData("AttachContainerRequest", "1 id string, 2 std_in bool, 3 write_offset int64, 4 finish_write bool, 5 read_offset int64, 6 read_limit int64, 10 data_to_write bytes")]
    [InlineData("AttachContainerResponse", "1 id string, 2 std_in bool, 3 write_committed_size int64, 10 read_data bytes")]
    [InlineData("StopContainerRequest", "1 id string, 2 stopOptions StopOptions")]
    [InlineData("UpdateContainerRequest", "1 id string, 2 updateOptions UpdateOptions")]
    [InlineData("RestartContainerRequest", "1 id string")]
    [InlineData("PauseContainerRequest", "1 id string")]
    [InlineData("UnpauseContainerRequest", "1 id string")]
    [InlineData("RenameContainerRequest", "1 id string, 2 name string")]
    [InlineData("RemoveContainerRequest", "1 id string, 2 force bool, 3 stopOptions StopOptions")]
    [InlineData("GetLogsRequest", "1 id string, 2 tail int32")]
    [InlineData("GetLogsResponse", "1 log string")]
    [InlineData("ProjectInfo", "1 project_version string, 2 build_time string, 3 api_version string, 4 git_commit string")]
    [InlineData("ProjectInfoResponse", "1 project_info ProjectInfo")]
    public void Message_Fields_AreTheOriginals(string name, string fields)
    {
        var message = Assert.Single(_files.SelectMany(f => f.MessageTypes), m => m.Name == name);

        Assert.Equal(fields, string.Join(", ", message.Fields.InFieldNumberOrder().Select(Describe)));
    }

    private static string Describe(MethodDescriptor method) =>
        $"{(method.IsClientStreaming ? ">" : "")}{method.Name}{(method.IsServerStreaming ? ">" : "")}";

    private static string Describe(FieldDescriptor field)
    {
        var type = field.FieldType == FieldType.Message ? field.MessageType.Name : field.FieldType.ToString().ToLowerInvariant();
        return $"{field.FieldNumber} {field.Name} {type}{(field.IsRepeated ? "*" : "")}";
    }
}
