using System.Text;
using Dataverse.Sync.Testing.Emulation;
using Microsoft.Xrm.Sdk;

namespace Dataverse.Sync.OrganizationService.Emulator;

/// <summary>A call of the organization service as a request that passes the log and the faults of the emulator.</summary>
internal sealed record OrganizationCall : EmulatorRequest
{
    private const string Address = "/XRMServices/2011/Organization.svc/web/";

    public required OrganizationRequest Message { get; init; }

    public static OrganizationCall Of(OrganizationRequest message) => new()
    {
        Method = "POST",
        Origin = "https://organization.invalid",
        PathAndQuery = Address + message.RequestName,
        Headers = new Dictionary<string, string>(),
        Body = Encoding.UTF8.GetBytes(CallText.Of(message)),
        Message = message,
    };
}
