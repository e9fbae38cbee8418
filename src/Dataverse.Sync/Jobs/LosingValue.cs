namespace Dataverse.Sync;

/// <summary>A value that a run would overwrite although it was never synchronized, so that it exists nowhere else.</summary>
/// <param name="LocalId">The id of the local record.</param>
/// <param name="IntegrationId">The id of the integration record.</param>
/// <param name="FieldMapping">The <see cref="IFieldMapping.Key"/> of the field mapping.</param>
/// <param name="Side">The side whose value is overwritten.</param>
/// <param name="Value">The value that is overwritten.</param>
/// <param name="Winner">The value of the other side, or the constant, in its place.</param>
public sealed record LosingValue(
    Guid LocalId, Guid IntegrationId, FieldMappingKey FieldMapping, SyncSide Side, FieldValue Value, FieldValue Winner);
