namespace Dataverse.Sync;

internal static class FieldMappingExtensions
{
    /// <summary>The field of a side; null where that side has none.</summary>
    public static string? FieldOn(this IFieldMapping mapping, SyncSide side) =>
        side == SyncSide.Local ? mapping.LocalField : mapping.IntegrationField;

    /// <summary>The rules that transform values on their way to a side.</summary>
    public static IReadOnlyList<ITransformationRule> TransformationsTo(this IFieldMapping mapping, SyncSide target) =>
        target == SyncSide.Local ? mapping.TransformationsToLocal : mapping.TransformationsToIntegration;
}
