namespace Dataverse.Sync.Testing;

/// <summary>What the answer to a successful write carries besides the record's id.</summary>
public enum WriteAnswer
{
    /// <summary>The new version.</summary>
    Version,

    /// <summary>The new version and the record as stored.</summary>
    Record,

    /// <summary>Nothing, as a bulk create of Dataverse.</summary>
    Nothing,
}
