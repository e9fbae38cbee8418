namespace Microsoft.Xrm.Sdk;

public sealed class OrganizationRequestCollection : DataCollection<OrganizationRequest>
{
}
