namespace Dataverse.Sync.Testing;

/// <summary>
/// Defines a custom table for <see cref="DataverseEmulator.AddTable"/>. The emulator adds the system columns: the key,
/// time stamps, the version, the owner (see <see cref="Ownership"/>), the state (see <see cref="HasState"/>), and the
/// currency and <c>_base</c> columns for money.
/// </summary>
public sealed record DataverseTableDefinition
{
    /// <summary>The logical name, in lower case and singular: <c>new_project</c>.</summary>
    public required string LogicalName { get; init; }

    /// <summary>
    /// The entity set name, which is the URL segment: <c>new_projects</c>. It is never derived from the logical name.
    /// </summary>
    public required string SetName { get; init; }

    /// <summary>The column with the display name of a row.</summary>
    public required string PrimaryName { get; init; }

    /// <summary>
    /// The primary key column; <see langword="null"/> (default) for the logical name followed by <c>id</c>.
    /// </summary>
    public string? PrimaryId { get; init; }

    /// <summary>The columns of the table, including the primary name, without the system columns.</summary>
    public IReadOnlyList<DataverseColumn> Columns { get; init; } = [];

    /// <summary>The alternate keys, which are active immediately. Default none.</summary>
    public IReadOnlyList<DataverseAlternateKey> AlternateKeys { get; init; } = [];

    /// <summary>The owner of the rows. Default <see cref="DataverseOwnership.UserOwned"/>.</summary>
    public DataverseOwnership Ownership { get; init; }

    /// <summary>Whether the table has <c>statecode</c> and <c>statuscode</c>. Default true.</summary>
    public bool HasState { get; init; } = true;

    /// <summary>The object type code in the metadata. Default 10,000, the first code of custom tables.</summary>
    public int TypeCode { get; init; } = 10000;

    /// <summary>Whether delta queries are allowed. Default <see langword="true"/>.</summary>
    public bool ChangeTracking { get; init; } = true;

    /// <summary>
    /// Whether the service compares the version in <c>If-Match</c>. If not, it refuses such requests. Default
    /// <see langword="true"/>.
    /// </summary>
    public bool OptimisticConcurrency { get; init; } = true;

    /// <summary>Whether CreateMultiple, UpdateMultiple and UpsertMultiple are available. Default true.</summary>
    public bool BulkMessages { get; init; } = true;

    /// <summary>The type derives from <c>principal</c>, whose key property is <c>ownerid</c>.</summary>
    internal bool IsPrincipal { get; init; }

    /// <summary>The rows are made by the platform from something else and cannot be written.</summary>
    internal bool IsVirtual { get; init; }

    internal string Key => PrimaryId ?? LogicalName + "id";
}
