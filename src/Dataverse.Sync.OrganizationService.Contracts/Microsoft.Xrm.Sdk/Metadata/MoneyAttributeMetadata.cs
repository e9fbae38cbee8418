namespace Microsoft.Xrm.Sdk.Metadata;

public sealed class MoneyAttributeMetadata : AttributeMetadata
{
    public MoneyAttributeMetadata()
        : this(null)
    {
    }

    public MoneyAttributeMetadata(string schemaName)
        : base(AttributeTypeCode.Money, AttributeTypeDisplayName.MoneyType, schemaName)
    {
    }

    public double? MaxValue { get; set; }

    public double? MinValue { get; set; }

    public int? Precision { get; set; }

    public int? PrecisionSource { get; set; }

    public string CalculationOf { get; set; }

    public string FormulaDefinition { get; set; }

    public int? SourceTypeMask { get; internal set; }

    public bool? IsBaseCurrency { get; internal set; }
}
