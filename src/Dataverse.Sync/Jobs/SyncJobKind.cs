namespace Dataverse.Sync;

/// <summary>Specifies what a run does.</summary>
public enum SyncJobKind : byte
{
    /// <summary>Synchronizes everything that was modified since the last run.</summary>
    Modified,

    /// <summary>Synchronizes all records.</summary>
    Full,

    /// <summary>Synchronizes named records only.</summary>
    Records,

    /// <summary>Couples records that match, without synchronizing them.</summary>
    Coupling,

    /// <summary>Removes couplings.</summary>
    Uncoupling,
}
