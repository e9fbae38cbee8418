namespace Dataverse.Sync;

/// <summary>Why a coupling store cannot go on.</summary>
public enum CouplingStoreFailure
{
    /// <summary>The store cannot be opened, read, or written: missing rights, full disk, lost connection.</summary>
    Unavailable,

    /// <summary>Somebody else holds the store locked for too long.</summary>
    Locked,

    /// <summary>The store was written by a newer version of this library.</summary>
    NewerVersion,

    /// <summary>The store is damaged, or is not a coupling store.</summary>
    Corrupt,

    /// <summary>A commit would put one record into two couplings of a mapping.</summary>
    AlreadyCoupled,
}
