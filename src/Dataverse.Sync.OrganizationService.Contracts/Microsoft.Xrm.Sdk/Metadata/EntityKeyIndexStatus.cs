namespace Microsoft.Xrm.Sdk.Metadata;

public enum EntityKeyIndexStatus
{
    Pending = 0,
    InProgress = 1,
    Active = 2,
    Failed = 3,
}
