namespace Dataverse.Sync;

/// <summary>One of the two systems that are kept in step.</summary>
public enum SyncSide : byte
{
    /// <summary>The line-of-business system: Business Central, or whatever stands in its place.</summary>
    Local,

    /// <summary>The integration system: Dataverse.</summary>
    Integration,
}
