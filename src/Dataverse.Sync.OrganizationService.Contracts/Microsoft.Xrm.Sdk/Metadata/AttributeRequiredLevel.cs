namespace Microsoft.Xrm.Sdk.Metadata;

public enum AttributeRequiredLevel
{
    None = 0,
    SystemRequired = 1,
    ApplicationRequired = 2,
    Recommended = 3,
}
