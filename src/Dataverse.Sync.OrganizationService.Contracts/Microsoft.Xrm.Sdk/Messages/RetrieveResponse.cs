namespace Microsoft.Xrm.Sdk.Messages;

public sealed class RetrieveResponse : OrganizationResponse
{
    public Entity Entity => Get<Entity>("Entity");

    public object Notifications => Get<object>("Notifications");
}
