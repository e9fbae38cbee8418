namespace Dataverse.Sync.Testing;

/// <summary>The content of the response to a successful write, besides the id of the record.</summary>
public enum WriteAnswer
{
    /// <summary>The new version.</summary>
    Version,

    /// <summary>The new version and the record as stored.</summary>
    Record,

    /// <summary>Nothing, like a bulk create of Dataverse.</summary>
    Nothing,
}
