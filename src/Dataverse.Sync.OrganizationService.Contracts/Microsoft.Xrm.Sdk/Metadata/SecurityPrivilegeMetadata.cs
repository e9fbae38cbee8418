namespace Microsoft.Xrm.Sdk.Metadata;

public sealed class SecurityPrivilegeMetadata
{
    public bool CanBeBasic { get; internal set; }

    public bool CanBeDeep { get; internal set; }

    public bool CanBeGlobal { get; internal set; }

    public bool CanBeLocal { get; internal set; }

    public string Name { get; internal set; }

    public Guid PrivilegeId { get; internal set; }

    public PrivilegeType PrivilegeType { get; internal set; }
}
