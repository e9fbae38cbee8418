namespace Microsoft.Xrm.Sdk.Messages;

public sealed class RetrieveEntityChangesResponse : OrganizationResponse
{
    public BusinessEntityChanges EntityChanges => Get<BusinessEntityChanges>("EntityChanges");
}
