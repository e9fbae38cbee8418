namespace Dataverse.Sync;

/// <summary>Specifies why a coupling store cannot read or write.</summary>
public enum CouplingStoreFailure
{
    /// <summary>
    /// The store cannot be opened, read, or written, such as for lack of permission, a full disk, or a lost connection.
    /// </summary>
    Unavailable,

    /// <summary>The store remained locked by another process for too long.</summary>
    Locked,

    /// <summary>The store was written by a newer version of this library.</summary>
    NewerVersion,

    /// <summary>The store is damaged or is not a coupling store.</summary>
    Corrupt,

    /// <summary>A record would be in two couplings of a mapping.</summary>
    AlreadyCoupled,

    /// <summary>
    /// The store was deleted, replaced, or put back to an earlier state while it was in use. It stays closed.
    /// </summary>
    Replaced,

    /// <summary>The store is encrypted with a key that was not given, or the key cannot be read.</summary>
    WrongKey,
}
