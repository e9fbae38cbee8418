namespace Dataverse.Sync;

/// <summary>The two values of a field in a conflict.</summary>
/// <param name="FieldMapping">The <see cref="IFieldMapping.Key"/> of the field mapping.</param>
/// <param name="Local">The value on the local side.</param>
/// <param name="Integration">The value on the integration side.</param>
/// <param name="Resolution">
/// How the field was resolved. In an open conflict, how a write that is not yet confirmed resolves it.
/// </param>
public sealed record FieldConflict(
    FieldMappingKey FieldMapping,
    FieldValue Local,
    FieldValue Integration,
    ConflictResolution Resolution = ConflictResolution.Open);
