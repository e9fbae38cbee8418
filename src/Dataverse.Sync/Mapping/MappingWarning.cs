namespace Dataverse.Sync;

/// <summary>
/// Something that validation found in a mapping and that does not keep the mapping from running, such as a column that
/// cannot be read.
/// </summary>
/// <param name="Mapping">The name of the mapping.</param>
/// <param name="Message">A sentence for people that names the mapping and the field, without field values.</param>
/// <param name="FieldMapping">The field mapping concerned, or null if the warning concerns the whole mapping.</param>
public sealed record MappingWarning(string Mapping, string Message, FieldMappingKey? FieldMapping = null);
