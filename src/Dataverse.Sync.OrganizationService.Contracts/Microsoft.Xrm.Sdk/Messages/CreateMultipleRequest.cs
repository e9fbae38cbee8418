namespace Microsoft.Xrm.Sdk.Messages;

public sealed class CreateMultipleRequest : OrganizationRequest
{
    public CreateMultipleRequest()
        : base("CreateMultiple")
    {
    }

    public EntityCollection Targets
    {
        get => Get<EntityCollection>(nameof(Targets));
        set => Parameters[nameof(Targets)] = value;
    }
}
