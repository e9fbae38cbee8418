namespace Dataverse.Sync.Testing;

/// <summary>
/// A Dataverse table as <see cref="DataverseEmulator.AddTable"/> takes it. System columns (key, time stamps, version,
/// owner by <see cref="Ownership"/>, state by <see cref="HasState"/>, currency and <c>_base</c> twins for money) are
/// added by the emulator.
/// </summary>
public sealed record DataverseTableDefinition
{
    /// <summary>Lower case and singular: <c>new_project</c>.</summary>
    public required string LogicalName { get; init; }

    /// <summary>The URL segment: <c>new_projects</c>. Never derived from the logical name.</summary>
    public required string SetName { get; init; }

    /// <summary>Column with the display name of a row.</summary>
    public required string PrimaryName { get; init; }

    /// <summary>Primary key column; null for the logical name followed by <c>id</c>.</summary>
    public string? PrimaryId { get; init; }

    /// <summary>The table's own columns, with the primary name, without the system columns.</summary>
    public IReadOnlyList<DataverseColumn> Columns { get; init; } = [];

    /// <summary>Alternate keys; all are active at once.</summary>
    public IReadOnlyList<DataverseAlternateKey> AlternateKeys { get; init; } = [];

    /// <summary>Who owns the rows. Default user or team.</summary>
    public DataverseOwnership Ownership { get; init; }

    /// <summary>Whether the table has <c>statecode</c> and <c>statuscode</c>. Default true.</summary>
    public bool HasState { get; init; } = true;

    /// <summary>Object type code in metadata. Default 10000, the first of custom tables.</summary>
    public int TypeCode { get; init; } = 10000;

    /// <summary>Whether delta queries are possible. Default true.</summary>
    public bool ChangeTracking { get; init; } = true;

    /// <summary>Whether a version in <c>If-Match</c> is checked; if not, it is refused. Default true.</summary>
    public bool OptimisticConcurrency { get; init; } = true;

    /// <summary>Whether CreateMultiple, UpdateMultiple and UpsertMultiple are available. Default true.</summary>
    public bool BulkMessages { get; init; } = true;

    /// <summary>The type derives from <c>principal</c>, whose key property is <c>ownerid</c>.</summary>
    internal bool IsPrincipal { get; init; }

    /// <summary>The rows are made by the platform from something else and cannot be written.</summary>
    internal bool IsVirtual { get; init; }

    internal string Key => PrimaryId ?? LogicalName + "id";
}
