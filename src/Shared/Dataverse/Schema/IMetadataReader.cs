namespace Dataverse.Sync.Shared;

/// <summary>Reads what the service tells about tables.</summary>
internal interface IMetadataReader
{
    /// <summary>The organization that answered last, or null if none has told its id.</summary>
    Guid? OrganizationId { get; }

    /// <summary>Asks the service for the organization; null when it does not tell.</summary>
    /// <exception cref="ConnectorException">The service does not answer.</exception>
    Task<Guid?> ReadOrganizationAsync(CancellationToken cancellationToken);

    /// <summary>Reads a table; null when the service has no table of that name.</summary>
    /// <exception cref="ConnectorException">The definition cannot be read.</exception>
    Task<EntityModel?> ReadAsync(string table, CancellationToken cancellationToken);

    /// <summary>Reads the relationships by which the service deletes the rows that refer to a deleted row of a table.</summary>
    /// <exception cref="ConnectorException">The relationships cannot be read.</exception>
    Task<IReadOnlyList<DeletionCascade>> ReadCascadesAsync(string table, CancellationToken cancellationToken);
}
