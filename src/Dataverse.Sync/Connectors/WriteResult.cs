namespace Dataverse.Sync;

/// <summary>The result of one write.</summary>
public sealed record WriteResult
{
    /// <summary>What happened to the write.</summary>
    public required WriteStatus Status { get; init; }

    /// <summary>
    /// The id of the record, or the zero GUID if nothing was written. For an insert, the id under which the record was
    /// created.
    /// </summary>
    public Guid Id { get; init; }

    /// <summary>The version of the record after the write, or null if the system did not return it.</summary>
    public string? Version { get; init; }

    /// <summary>The record after the write, or null if the system did not return it.</summary>
    public TableRecord? Record { get; init; }

    /// <summary>Why the write was not applied, or null if it was.</summary>
    public SyncError? Error { get; init; }

    /// <summary>
    /// Whether the refusal contradicts the schema, such as an option or a field that the system no longer has, or a text
    /// that is longer than the system now allows.
    /// </summary>
    /// <remarks>The engine then reads the schema again, because the definition of the table may have changed.</remarks>
    /// <value>The default is false.</value>
    public bool ContradictsSchema { get; init; }
}
