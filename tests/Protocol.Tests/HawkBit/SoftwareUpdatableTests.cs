using Leda.Harness.Protocol.HawkBit;

namespace Leda.Harness.Protocol.Tests.HawkBit;

public sealed class SoftwareUpdatableTests
{
    [Theory]
    [InlineData("ghcr.io/eclipse/kuksa.val/databroker:0.2.5", "ghcr.io/eclipse/kuksa.val/databroker", "0.2.5", "ghcr.io%2Feclipse%2Fkuksa.val%2Fdatabroker.C:0.2.5")]
    [InlineData("docker.io/library/influxdb:1.8.4", "docker.io/library/influxdb", "1.8.4", "docker.io%2Flibrary%2Finfluxdb.C:1.8.4")]
    [InlineData("q", "q", "", "q.C:")]
    [InlineData("docker.io/library/nginx", "docker.io/library/nginx", "", "docker.io%2Flibrary%2Fnginx.C:")]
    [InlineData("localhost:5000/b", "localhost", "5000/b", "localhost.C:5000%2Fb")]
    [InlineData("reg.local:5000/team/app:2.0", "reg.local", "5000/team/app:2.0", "reg.local.C:5000%2Fteam%2Fapp:2.0")]
    [InlineData("x/y@sha256:abcd", "x/y@sha256", "abcd", "x%2Fy@sha256.C:abcd")]
    [InlineData("x/y:1@sha256:abcd", "x/y", "1@sha256:abcd", "x%2Fy.C:1@sha256:abcd")]
    public void Of_ImageReference_IsSplitAndEncodedAsKantoDoes(string image, string group, string version, string key)
    {
        var dependency = DependencyDescription.Of(image, "C");

        Assert.Equal(new DependencyDescription(group, "C", version), dependency);
        Assert.Equal(key, dependency.Key);
    }

    [Fact]
    public void InstalledDependencies_None_IsNull() => Assert.Equal("null", SoftwareUpdatable.InstalledDependencies([]).GetRawText());

    [Fact]
    public void Status_None_LeavesTheInventoryOut() =>
        Assert.Equal("""{"softwareModuleType":"oci:container"}""", SoftwareUpdatable.Status([]).GetRawText());

    [Fact]
    public void InstalledDependencies_WithoutGroup_LeavesItOut() => Assert.Equal(
        """{".n:1":{"name":"n","version":"1"}}""", SoftwareUpdatable.InstalledDependencies([DependencyDescription.Of(":1", "n")]).GetRawText());

    [Fact]
    public void InstalledDependencies_Several_AreSortedByKey() => Assert.Equal(
        """{"a.1:":{"group":"a","name":"1","version":""},"b.2:3":{"group":"b","name":"2","version":"3"}}""",
        SoftwareUpdatable.InstalledDependencies([DependencyDescription.Of("b:3", "2"), DependencyDescription.Of("a", "1")]).GetRawText());
}
