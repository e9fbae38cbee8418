namespace Dataverse.Sync;

/// <summary>What a run was asked to do.</summary>
public enum SyncJobKind : byte
{
    /// <summary>Everything modified since the last run.</summary>
    Modified,

    /// <summary>Every record of both sides.</summary>
    Full,

    /// <summary>Named records only.</summary>
    Records,

    /// <summary>Coupling of records that match.</summary>
    Coupling,

    /// <summary>Removal of couplings.</summary>
    Uncoupling,
}
