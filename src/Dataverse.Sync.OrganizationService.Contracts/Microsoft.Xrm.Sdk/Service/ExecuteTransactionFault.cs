namespace Microsoft.Xrm.Sdk;

public sealed class ExecuteTransactionFault : OrganizationServiceFault
{
    public int FaultedRequestIndex { get; set; }
}
