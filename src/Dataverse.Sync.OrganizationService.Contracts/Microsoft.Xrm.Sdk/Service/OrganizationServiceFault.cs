namespace Microsoft.Xrm.Sdk;

public class OrganizationServiceFault : BaseServiceFault
{
    public string TraceText { get; set; }

    public OrganizationServiceFault InnerFault { get; set; }

    public override string ToString() => $"{GetType().Name}: {Message} (0x{ErrorCode:X8})";
}
