using Dataverse.Sync.BusinessCentral;

namespace Dataverse.Sync.Configuration;

/// <summary>The members of <see cref="BusinessCentralFieldOptions"/>.</summary>
internal sealed class BusinessCentralFieldSettings
{
    public FieldType? Type { get; set; }

    public int? MaxLength { get; set; }

    public int? Scale { get; set; }

    public bool? CanInsert { get; set; }

    public bool? CanUpdate { get; set; }

    public bool? IsRequired { get; set; }

    public bool? IsCode { get; set; }

    public bool? CanFilter { get; set; }

    public List<string>? Members { get; set; }

    public int? FirstMember { get; set; }

    public List<string>? OtherNames { get; set; }
}
