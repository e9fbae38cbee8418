namespace Microsoft.Xrm.Sdk.Metadata;

public sealed class AttributeTypeDisplayName : ConstantsBase<string>
{
    public static readonly AttributeTypeDisplayName BooleanType = new() { Value = "BooleanType" };
    public static readonly AttributeTypeDisplayName CustomerType = new() { Value = "CustomerType" };
    public static readonly AttributeTypeDisplayName DateTimeType = new() { Value = "DateTimeType" };
    public static readonly AttributeTypeDisplayName DecimalType = new() { Value = "DecimalType" };
    public static readonly AttributeTypeDisplayName DoubleType = new() { Value = "DoubleType" };
    public static readonly AttributeTypeDisplayName IntegerType = new() { Value = "IntegerType" };
    public static readonly AttributeTypeDisplayName LookupType = new() { Value = "LookupType" };
    public static readonly AttributeTypeDisplayName MemoType = new() { Value = "MemoType" };
    public static readonly AttributeTypeDisplayName MoneyType = new() { Value = "MoneyType" };
    public static readonly AttributeTypeDisplayName OwnerType = new() { Value = "OwnerType" };
    public static readonly AttributeTypeDisplayName PicklistType = new() { Value = "PicklistType" };
    public static readonly AttributeTypeDisplayName StateType = new() { Value = "StateType" };
    public static readonly AttributeTypeDisplayName StatusType = new() { Value = "StatusType" };
    public static readonly AttributeTypeDisplayName StringType = new() { Value = "StringType" };
    public static readonly AttributeTypeDisplayName UniqueidentifierType = new() { Value = "UniqueidentifierType" };
    public static readonly AttributeTypeDisplayName VirtualType = new() { Value = "VirtualType" };
    public static readonly AttributeTypeDisplayName BigIntType = new() { Value = "BigIntType" };
    public static readonly AttributeTypeDisplayName EntityNameType = new() { Value = "EntityNameType" };
    public static readonly AttributeTypeDisplayName ImageType = new() { Value = "ImageType" };
    public static readonly AttributeTypeDisplayName MultiSelectPicklistType =
        new() { Value = "MultiSelectPicklistType" };
    public static readonly AttributeTypeDisplayName FileType = new() { Value = "FileType" };

    public static implicit operator AttributeTypeDisplayName(string attributeTypeDisplayName) =>
        new() { Value = attributeTypeDisplayName };

    public static bool operator ==(
        AttributeTypeDisplayName attributeTypeDisplayNameA, AttributeTypeDisplayName attributeTypeDisplayNameB) =>
        attributeTypeDisplayNameA?.Value == attributeTypeDisplayNameB?.Value;

    public static bool operator !=(
        AttributeTypeDisplayName attributeTypeDisplayNameA, AttributeTypeDisplayName attributeTypeDisplayNameB) =>
        !(attributeTypeDisplayNameA == attributeTypeDisplayNameB);

    public override bool Equals(object obj) => obj is AttributeTypeDisplayName other && this == other;

    public override int GetHashCode() => Value?.GetHashCode(StringComparison.Ordinal) ?? 0;
}
