namespace Dataverse.Sync.Testing;

/// <summary>A record's place in a table; <see cref="Record"/> is null once it is deleted.</summary>
internal sealed class Row
{
    public TableRecord? Record { get; set; }

    /// <summary>
    /// The number of the record's last change; an older entry of the change log that points here is stale.
    /// </summary>
    public long Sequence { get; set; }
}
