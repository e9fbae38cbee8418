namespace Dataverse.Sync.Testing;

/// <summary>A write that was applied through the connector, whether or not its answer arrived.</summary>
/// <param name="Table">The table.</param>
/// <param name="Kind">What the write did.</param>
/// <param name="Id">The record, for an insert with the id that it received.</param>
/// <param name="Fields">The fields and values that were sent, before the system normalized them.</param>
public sealed record InMemoryWrite(string Table, WriteKind Kind, Guid Id, IReadOnlyList<FieldWrite> Fields);
