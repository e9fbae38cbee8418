namespace Dataverse.Sync;

/// <summary>The two values of one field in a conflict.</summary>
/// <param name="FieldMapping">The <see cref="IFieldMapping.Key"/> of the field mapping.</param>
/// <param name="Local">The local value, as the local side holds it.</param>
/// <param name="Integration">The integration value, as the integration side holds it.</param>
/// <param name="Resolution">How this field was decided; in an open conflict, how it is being decided by a write that is under way.</param>
public sealed record FieldConflict(FieldMappingKey FieldMapping, FieldValue Local, FieldValue Integration, ConflictResolution Resolution = ConflictResolution.Open);
