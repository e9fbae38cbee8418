namespace Dataverse.Sync.Shared;

/// <summary>The caller's rights on secured columns of all tables. A column that is not listed has none.</summary>
internal sealed class ColumnRights(IEnumerable<AttributePrivilegeList.Item?> privileges)
{
    private const int Granted = 4;

    private readonly Dictionary<Guid, AttributePrivilegeList.Item> byColumn = privileges
        .OfType<AttributePrivilegeList.Item>()
        .Where(item => item.AttributeId is not null)
        .DistinctBy(item => item.AttributeId)
        .ToDictionary(item => item.AttributeId!.Value);

    public bool CanRead(Guid? column) => Find(column)?.CanRead == Granted;

    public bool CanCreate(Guid? column) => Find(column)?.CanCreate == Granted;

    public bool CanUpdate(Guid? column) => Find(column)?.CanUpdate == Granted;

    private AttributePrivilegeList.Item? Find(Guid? column) =>
        column is { } id ? byColumn.GetValueOrDefault(id) : null;
}
