using System.CommandLine;
using Leda.Harness.Device.Artifacts;
using Leda.Harness.Device.Features.Software;

namespace Leda.Harness.Device.Options;

/// <summary>How software is installed.</summary>
internal sealed class SoftwareFlags
{
    private readonly Option<bool> _strict = new("--strict-downloads")
    {
        Description = "Installations need a checksum, and an HTTP status of 2xx; the original does without either.",
    };

    private readonly Option<bool> _extras = new("--software-extras")
    {
        Description = "Software can also be downloaded only and canceled, and tells its progress; the original answers 404.",
    };

    public void AddTo(Command command)
    {
        command.Add(_strict);
        command.Add(_extras);
    }

    public SoftwareOptions Read(ParseResult parsed) => new()
    {
        Downloads = new DownloadOptions { Strict = parsed.GetValue(_strict) },
        Extras = parsed.GetValue(_extras),
    };
}
