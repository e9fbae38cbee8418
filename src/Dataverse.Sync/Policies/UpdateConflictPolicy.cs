namespace Dataverse.Sync;

/// <summary>
/// Specifies which value wins when a field was changed to different values on both sides since the last
/// synchronization.
/// </summary>
/// <remarks>
/// It concerns fields that travel both ways; in a one-way field the source wins. A value that loses is kept with the
/// resolved conflict. Unlike in Business Central, whose Update-Conflict Resolution concerns the whole record, other
/// fields of the record are not affected.
/// </remarks>
public enum UpdateConflictPolicy : byte
{
    /// <summary>Records a conflict and keeps both values until it is resolved. Business Central: None.</summary>
    None,

    /// <summary>The local value wins. Business Central: Send Update to Integration.</summary>
    SendUpdateToIntegration,

    /// <summary>The integration value wins. Business Central: Get Update from Integration.</summary>
    GetUpdateFromIntegration,

    /// <summary>The value of the record with the later <see cref="TableRecord.ModifiedOn"/> wins.</summary>
    /// <remarks>
    /// Each server stamps its own records, so a difference between their clocks matters. The local value wins if both
    /// stamps are equal or one of them is missing.
    /// </remarks>
    NewestWins,
}
