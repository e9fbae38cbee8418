namespace Microsoft.Xrm.Sdk.Messages;

public sealed class UpdateMultipleRequest : OrganizationRequest
{
    public UpdateMultipleRequest()
        : base("UpdateMultiple")
    {
    }

    public EntityCollection Targets
    {
        get => Get<EntityCollection>(nameof(Targets));
        set => Parameters[nameof(Targets)] = value;
    }

    public ConcurrencyBehavior ConcurrencyBehavior
    {
        get => Get<ConcurrencyBehavior>(nameof(ConcurrencyBehavior));
        set => Parameters[nameof(ConcurrencyBehavior)] = value;
    }
}
