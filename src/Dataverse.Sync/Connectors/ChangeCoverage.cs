namespace Dataverse.Sync;

/// <summary>Specifies which records a change feed contains.</summary>
public enum ChangeCoverage
{
    /// <summary>
    /// The changes since the checkpoint of the query, including deletions if the system reports them.
    /// </summary>
    Changes,

    /// <summary>The records of the table that pass the filter of the query. A missing record may still exist.</summary>
    FilteredTable,

    /// <summary>
    /// All records of the table. A record that is missing from the complete feed did not exist when the feed began.
    /// </summary>
    WholeTable,
}
