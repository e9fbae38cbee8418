namespace Dataverse.Sync.Shared;

/// <summary>The response to <c>RetrievePrincipalAttributePrivileges</c>.</summary>
internal sealed record AttributePrivilegeList(IReadOnlyList<AttributePrivilegeList.Item?>? AttributePrivileges)
{
    /// <summary>The rights on a secured column: 0 for none, 4 for granted.</summary>
    internal sealed record Item(Guid? AttributeId, int? CanRead, int? CanCreate, int? CanUpdate);
}
