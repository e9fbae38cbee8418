namespace Microsoft.Xrm.Sdk.Metadata;

public class AttributeMetadata : MetadataBase
{
    public AttributeMetadata()
    {
    }

    internal AttributeMetadata(AttributeTypeCode type, AttributeTypeDisplayName name, string schemaName = null)
    {
        AttributeType = type;
        AttributeTypeName = name;
        SchemaName = schemaName;
    }

    public string AttributeOf { get; internal set; }

    public AttributeTypeCode? AttributeType { get; internal set; }

    public AttributeTypeDisplayName AttributeTypeName { get; internal set; }

    public int? ColumnNumber { get; internal set; }

    public Label Description { get; set; }

    public Label DisplayName { get; set; }

    public string DeprecatedVersion { get; internal set; }

    public string IntroducedVersion { get; internal set; }

    public string EntityLogicalName { get; internal set; }

    public BooleanManagedProperty IsAuditEnabled { get; set; }

    public bool? IsCustomAttribute { get; internal set; }

    public bool? IsPrimaryId { get; internal set; }

    public bool IsValidODataAttribute { get; internal set; }

    public bool? IsPrimaryName { get; internal set; }

    public bool? IsValidForCreate { get; set; }

    public bool? IsValidForRead { get; internal set; }

    public bool? IsValidForUpdate { get; set; }

    public bool? CanBeSecuredForRead { get; internal set; }

    public bool? CanBeSecuredForCreate { get; internal set; }

    public bool? CanBeSecuredForUpdate { get; internal set; }

    public bool? IsSecured { get; set; }

    public bool? IsRetrievable { get; internal set; }

    public bool? IsFilterable { get; internal set; }

    public bool? IsSearchable { get; internal set; }

    public bool? IsManaged { get; internal set; }

    public BooleanManagedProperty IsGlobalFilterEnabled { get; set; }

    public BooleanManagedProperty IsSortableEnabled { get; set; }

    public Guid? LinkedAttributeId { get; set; }

    public string LogicalName { get; set; }

    public BooleanManagedProperty IsCustomizable { get; set; }

    public BooleanManagedProperty IsRenameable { get; set; }

    public BooleanManagedProperty IsValidForAdvancedFind { get; set; }

    public bool? IsValidForForm { get; set; }

    public bool? IsRequiredForForm { get; set; }

    public bool? IsValidForGrid { get; set; }

    public AttributeRequiredLevelManagedProperty RequiredLevel { get; set; }

    public BooleanManagedProperty CanModifyAdditionalSettings { get; set; }

    public string SchemaName { get; set; }

    public string ExternalName { get; set; }

    public bool? IsLogical { get; internal set; }

    public string InheritsFrom { get; internal set; }

    public DateTime? CreatedOn { get; internal set; }

    public DateTime? ModifiedOn { get; internal set; }

    public int? SourceType { get; set; }

    public string AutoNumberFormat { get; set; }
}
