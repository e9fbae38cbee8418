namespace Microsoft.Xrm.Sdk.Metadata;

public sealed class DateTimeAttributeMetadata : AttributeMetadata
{
    public DateTimeAttributeMetadata()
        : this(null)
    {
    }

    public DateTimeAttributeMetadata(DateTimeFormat? format)
        : this(format, null)
    {
    }

    public DateTimeAttributeMetadata(DateTimeFormat? format, string schemaName)
        : base(AttributeTypeCode.DateTime, AttributeTypeDisplayName.DateTimeType, schemaName) => Format = format;

    public DateTimeFormat? Format { get; set; }

    public int? SourceTypeMask { get; internal set; }

    public string FormulaDefinition { get; set; }

    public DateTimeBehavior DateTimeBehavior { get; set; }

    public BooleanManagedProperty CanChangeDateTimeBehavior { get; set; }
}
