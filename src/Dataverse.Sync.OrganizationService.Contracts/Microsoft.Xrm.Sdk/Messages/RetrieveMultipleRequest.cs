using Microsoft.Xrm.Sdk.Query;

namespace Microsoft.Xrm.Sdk.Messages;

public sealed class RetrieveMultipleRequest : OrganizationRequest
{
    public RetrieveMultipleRequest()
        : base("RetrieveMultiple")
    {
    }

    public QueryBase Query
    {
        get => Get<QueryBase>(nameof(Query));
        set => Parameters[nameof(Query)] = value;
    }
}
