namespace Dataverse.Sync.Testing;

/// <summary>
/// Which cloud an in-memory system stands in for. It decides the defaults of the tables that are defined by name.
/// </summary>
public enum InMemoryFlavor
{
    /// <summary>
    /// Changes come by version token with tombstones after the upserts, chosen ids are kept, stamps are whole seconds,
    /// and a write is answered with the new version only.
    /// </summary>
    Dataverse,

    /// <summary>
    /// Changes come by a watermark on the stamp with an overlap and without deletions, the system chooses ids, stamps
    /// are 1/300 s, and a write is answered with the whole record.
    /// </summary>
    BusinessCentral,
}
