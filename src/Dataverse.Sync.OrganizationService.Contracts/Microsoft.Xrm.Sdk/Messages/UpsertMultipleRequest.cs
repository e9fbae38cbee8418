namespace Microsoft.Xrm.Sdk.Messages;

public sealed class UpsertMultipleRequest : OrganizationRequest
{
    public UpsertMultipleRequest()
        : base("UpsertMultiple")
    {
    }

    public EntityCollection Targets
    {
        get => Get<EntityCollection>(nameof(Targets));
        set => Parameters[nameof(Targets)] = value;
    }
}
