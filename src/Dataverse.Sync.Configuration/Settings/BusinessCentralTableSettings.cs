using Dataverse.Sync.BusinessCentral;

namespace Dataverse.Sync.Configuration;

/// <summary>The members of <see cref="BusinessCentralTableOptions"/>.</summary>
internal sealed class BusinessCentralTableSettings
{
    public string? Route { get; set; }

    public string? EntitySet { get; set; }

    public string? KeyField { get; set; }

    public string? ModifiedOnField { get; set; }

    public string? BusinessKeyField { get; set; }

    public bool? KeepsChosenIds { get; set; }

    public bool? IsWritable { get; set; }

    public List<string> Parents { get; set; } = [];

    public string? ParentField { get; set; }

    public Dictionary<string, BusinessCentralFieldSettings> Fields { get; set; } = [];
}
