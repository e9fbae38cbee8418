namespace Dataverse.Sync.Shared;

/// <summary>Reads the records of uncertain writes.</summary>
internal interface IRecordReadback
{
    /// <summary>Whether a new record keeps the id that we choose.</summary>
    bool KeepsChosenIds { get; }

    /// <summary>
    /// Reads the records of writes, with at least the fields that they write. A record that does not exist is left out.
    /// </summary>
    /// <exception cref="ConnectorException">The records could not be read.</exception>
    Task<IReadOnlyList<TableRecord>> ReadAsync(IReadOnlyList<PendingWrite> writes, CancellationToken cancellationToken);

    /// <summary>Whether a record holds every value of a write, in the form in which the system stores it.</summary>
    bool HoldsValues(TableRecord record, WriteOperation operation);
}
