namespace Microsoft.Xrm.Sdk.Messages;

public sealed class CreateRequest : OrganizationRequest
{
    public CreateRequest()
        : base("Create")
    {
    }

    public Entity Target
    {
        get => Get<Entity>(nameof(Target));
        set => Parameters[nameof(Target)] = value;
    }
}
