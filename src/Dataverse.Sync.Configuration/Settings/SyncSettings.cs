using Microsoft.Extensions.Options;

namespace Dataverse.Sync.Configuration;

/// <summary>What a section says beside the mappings. A part that is missing is set up in code.</summary>
internal sealed class SyncSettings
{
    [ValidateObjectMembers]
    public BusinessCentralSettings? BusinessCentral { get; set; }

    [ValidateObjectMembers]
    public DataverseSettings? Dataverse { get; set; }

    [ValidateObjectMembers]
    public StoreSettings? Store { get; set; }

    public EngineSettings? Engine { get; set; }

    public JobQueueSettings? JobQueue { get; set; }
}
