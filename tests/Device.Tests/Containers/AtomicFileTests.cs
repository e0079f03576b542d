using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Tests.Support;

namespace Leda.Harness.Device.Tests.Containers;

public sealed class AtomicFileTests
{
    [Fact]
    public void Write_OverAnOldFile_LeavesTheOldOneUntouchedAndPutsTheNewOneInItsPlace()
    {
        using var data = new TemporaryDirectory();
        var path = Path.Combine(data.Path, "config.json");
        AtomicFile.Write(path, "old"u8);
        using var old = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));

        AtomicFile.Write(path, "new"u8);

        Assert.Equal("old", old.ReadToEnd());
        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(data.Path));
    }
}
