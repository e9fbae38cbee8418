namespace Dataverse.Sync;

/// <summary>
/// Marks the property that receives the id of a record. It must be a <see cref="Guid"/>, and is never written to a field.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SyncIdAttribute : Attribute;
