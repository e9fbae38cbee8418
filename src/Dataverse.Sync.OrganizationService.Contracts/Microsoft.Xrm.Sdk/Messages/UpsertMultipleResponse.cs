namespace Microsoft.Xrm.Sdk.Messages;

public sealed class UpsertMultipleResponse : OrganizationResponse
{
    public new UpsertResponse[] Results => Get<UpsertResponse[]>("Results");
}
