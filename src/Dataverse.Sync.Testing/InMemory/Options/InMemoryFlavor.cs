namespace Dataverse.Sync.Testing;

/// <summary>The cloud that an in-memory system replaces. It decides the default behavior of tables.</summary>
public enum InMemoryFlavor
{
    /// <summary>
    /// The feed reads changes by version token and reports deletions last. Inserts may choose ids. Stamps have whole
    /// seconds. Responses to writes carry only the new version.
    /// </summary>
    Dataverse,

    /// <summary>
    /// The feed reads changes by a watermark on the stamp, with an overlap and without deletions. The system chooses
    /// ids. Stamps have 1/300 s. Responses to writes carry the whole record.
    /// </summary>
    BusinessCentral,
}
