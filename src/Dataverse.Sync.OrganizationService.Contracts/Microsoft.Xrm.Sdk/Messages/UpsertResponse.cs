namespace Microsoft.Xrm.Sdk.Messages;

public sealed class UpsertResponse : OrganizationResponse
{
    public bool RecordCreated => Get<bool>("RecordCreated");

    public EntityReference Target => Get<EntityReference>("Target");
}
