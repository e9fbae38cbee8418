namespace Dataverse.Sync;

/// <summary>Specifies one of the two systems that are synchronized.</summary>
public enum SyncSide : byte
{
    /// <summary>The line-of-business system: Business Central, or a system in its place.</summary>
    Local,

    /// <summary>The integration system: Dataverse.</summary>
    Integration,
}
