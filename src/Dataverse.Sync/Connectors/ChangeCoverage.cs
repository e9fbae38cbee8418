namespace Dataverse.Sync;

/// <summary>What a change feed covers.</summary>
public enum ChangeCoverage
{
    /// <summary>The changes since the checkpoint of the query, with deletions where the system reports them.</summary>
    Changes,

    /// <summary>The records of the table that pass the query's filter; absence means nothing.</summary>
    FilteredTable,

    /// <summary>Every record of the table: what is absent from the complete feed did not exist when it began.</summary>
    WholeTable,
}
