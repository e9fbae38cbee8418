namespace Dataverse.Sync.Http;

/// <summary>What a JSON property means to the record, beside being a field.</summary>
internal enum RecordRole
{
    /// <summary>A field and nothing else.</summary>
    None,

    /// <summary>The record's id.</summary>
    Id,

    /// <summary>The record's version tag.</summary>
    Version,

    /// <summary>The stamp of the last change.</summary>
    ModifiedOn,

    /// <summary>Names the table that the identifier at the same ordinal refers to.</summary>
    ReferencedTable,
}
