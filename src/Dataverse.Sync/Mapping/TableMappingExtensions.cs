namespace Dataverse.Sync;

internal static class TableMappingExtensions
{
    /// <summary>The table of a side.</summary>
    public static string TableOn(this IIntegrationTableMapping mapping, SyncSide side) =>
        side == SyncSide.Local ? mapping.LocalTable : mapping.IntegrationTable;

    /// <summary>The filter of a side; null for all records.</summary>
    public static RecordFilter? FilterOn(this IIntegrationTableMapping mapping, SyncSide side) =>
        side == SyncSide.Local ? mapping.LocalFilter : mapping.IntegrationFilter;

    /// <summary>The field of a side by which records are matched.</summary>
    public static string On(this MatchField field, SyncSide side) =>
        side == SyncSide.Local ? field.LocalField : field.IntegrationField;
}
