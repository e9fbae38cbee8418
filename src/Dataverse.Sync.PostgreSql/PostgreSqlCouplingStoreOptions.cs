using Npgsql;

namespace Dataverse.Sync.PostgreSql;

/// <summary>The settings of a <see cref="PostgreSqlCouplingStore"/>.</summary>
public sealed record PostgreSqlCouplingStoreOptions
{
    /// <summary>The connection string of the database. The store makes its own pool of connections.</summary>
    /// <value>The default is null. Either this or <see cref="DataSource"/> is required.</value>
    /// <remarks>
    /// <c>No Reset On Close</c> is set and <c>Max Auto Prepare</c> is cleared, so that a pooler in transaction mode can be
    /// between the store and the server.
    /// </remarks>
    public string? ConnectionString { get; init; }

    /// <summary>The data source from which the store takes its connections. The store does not dispose it.</summary>
    /// <value>The default is null. Either this or <see cref="ConnectionString"/> is required.</value>
    /// <remarks>
    /// Behind a pooler in transaction mode, its connection string must have <c>No Reset On Close=true</c> and no
    /// <c>Max Auto Prepare</c>.
    /// </remarks>
    public NpgsqlDataSource? DataSource { get; init; }

    /// <summary>The schema that contains the tables of the store. The first call creates it if it is missing.</summary>
    /// <value>
    /// 1 to 63 lower-case letters of the ASCII alphabet, digits, and underscores, that begin neither with a digit nor with
    /// <c>pg_</c>. The default is <c>dataverse_sync</c>.
    /// </value>
    public string Schema { get; init; } = "dataverse_sync";

    /// <summary>
    /// The key with which the values of conflicts, bases, and business keys are encrypted (AES-256-GCM).
    /// </summary>
    /// <value>The default is null, which does not encrypt them.</value>
    /// <remarks>
    /// <para>If the store is not encrypted yet, the first call encrypts the values that it contains, in one transaction.
    /// From then on, the store cannot be opened without this key.</para>
    /// <para>Ids, names of mappings and fields, checkpoints, and texts of errors are not encrypted.</para>
    /// </remarks>
    public CouplingDatabaseKey? EncryptionKey { get; init; }

    /// <summary>
    /// The key with which the store was encrypted before. The first call converts the store to
    /// <see cref="EncryptionKey"/>, or decrypts it if that is null.
    /// </summary>
    /// <value>The default is null. A key that the store no longer has is ignored.</value>
    public CouplingDatabaseKey? PreviousEncryptionKey { get; init; }

    /// <summary>How long the values of a conflict are kept after it was resolved or lapsed.</summary>
    /// <value>
    /// From zero to 100 years, or null to keep them. The default is <see cref="RecordConflict.DefaultValueRetention"/>.
    /// </value>
    /// <remarks>
    /// The values are removed when a run starts, at most 1,000 conflicts at a time. The conflict is still listed; see
    /// <see cref="RecordConflict.ValuesRemoved"/>.
    /// </remarks>
    public TimeSpan? ConflictValueRetention { get; init; } = RecordConflict.DefaultValueRetention;

    /// <summary>Describes the settings without the connection string, which can contain a password.</summary>
    /// <returns>The description.</returns>
    public override string ToString() => $"{nameof(PostgreSqlCouplingStoreOptions)} {{ {nameof(Schema)} = {Schema} }}";
}
