namespace Microsoft.Xrm.Sdk.Messages;

public sealed class CreateMultipleResponse : OrganizationResponse
{
    public Guid[] Ids => Get<Guid[]>("Ids");
}
