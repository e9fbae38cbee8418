namespace Dataverse.Sync.Testing;

/// <summary>A write that the connector applied, whether or not its response reached the caller.</summary>
/// <param name="Table">The name of the table.</param>
/// <param name="Kind">The kind of write.</param>
/// <param name="Id">The id of the record; for an insert, the id that it received.</param>
/// <param name="Fields">The fields and values as sent, before the system normalized them.</param>
public sealed record InMemoryWrite(string Table, WriteKind Kind, Guid Id, IReadOnlyList<FieldWrite> Fields);
