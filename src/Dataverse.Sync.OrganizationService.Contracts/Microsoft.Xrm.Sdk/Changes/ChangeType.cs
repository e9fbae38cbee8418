namespace Microsoft.Xrm.Sdk;

public enum ChangeType
{
    NewOrUpdated = 0,
    RemoveOrDeleted = 1,
}
