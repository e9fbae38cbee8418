namespace Dataverse.Sync;

internal static class FieldMappingExtensions
{
    /// <summary>The field of a side; null where that side has none.</summary>
    public static string? FieldOn(this IFieldMapping mapping, SyncSide side) =>
        side == SyncSide.Local ? mapping.LocalField : mapping.IntegrationField;

    /// <summary>The member that holds the field of a side; null where the field mapping has none.</summary>
    public static TypedField? MemberOn(this IFieldMapping mapping, SyncSide side) =>
        side == SyncSide.Local ? mapping.LocalMember : mapping.IntegrationMember;

    /// <summary>The rules that transform values on their way to a side.</summary>
    public static IReadOnlyList<ITransformationRule> TransformationsTo(this IFieldMapping mapping, SyncSide target) =>
        target == SyncSide.Local ? mapping.TransformationsToLocal : mapping.TransformationsToIntegration;

    /// <summary>
    /// The tables that options and the table look-up of a field read, with the fields that they need besides those of a
    /// filter.
    /// </summary>
    public static IEnumerable<(SyncSide Side, string Table, IReadOnlyList<string> Fields)> SideTables(this IFieldMapping mapping)
    {
        if (mapping.TableLookup is { } lookup)
        {
            yield return (lookup.Side, lookup.Table, lookup.AllFields(filterFields: []));
        }

        if (mapping.Options?.LocalTable is { } local)
        {
            yield return (SyncSide.Local, local.Table, local.Fields);
        }

        if (mapping.Options?.IntegrationTable is { } integration)
        {
            yield return (SyncSide.Integration, integration.Table, integration.Fields);
        }
    }
}
