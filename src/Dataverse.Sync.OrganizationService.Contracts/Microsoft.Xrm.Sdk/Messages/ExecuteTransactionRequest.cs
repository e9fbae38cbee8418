namespace Microsoft.Xrm.Sdk.Messages;

public sealed class ExecuteTransactionRequest : OrganizationRequest
{
    public ExecuteTransactionRequest()
        : base("ExecuteTransaction")
    {
    }

    public OrganizationRequestCollection Requests
    {
        get => Get<OrganizationRequestCollection>(nameof(Requests));
        set => Parameters[nameof(Requests)] = value;
    }

    public bool? ReturnResponses
    {
        get => Get<bool?>(nameof(ReturnResponses));
        set => Parameters[nameof(ReturnResponses)] = value;
    }
}
