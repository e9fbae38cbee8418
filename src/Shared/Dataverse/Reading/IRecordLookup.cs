namespace Dataverse.Sync.Shared;

/// <summary>Reads records by id.</summary>
internal interface IRecordLookup
{
    /// <summary>Reads fields of records; a record that does not exist is left out.</summary>
    /// <exception cref="ConnectorException">The records could not be read, or the table has no such field.</exception>
    Task<IReadOnlyList<TableRecord>> ByIdAsync(
        TableDefinition table, IEnumerable<string> fields, IEnumerable<Guid> ids, CancellationToken cancellationToken);
}
