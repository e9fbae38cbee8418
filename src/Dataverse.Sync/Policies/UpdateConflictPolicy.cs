namespace Dataverse.Sync;

/// <summary>What happens to a field that was changed on both sides since the last synchronization.</summary>
public enum UpdateConflictPolicy : byte
{
    /// <summary>Both values are kept and a conflict is recorded; the record's other fields travel.</summary>
    None,

    /// <summary>The local value wins. The other is kept with the settled conflict.</summary>
    SendUpdateToIntegration,

    /// <summary>The integration value wins. The other is kept with the settled conflict.</summary>
    GetUpdateFromIntegration,

    /// <summary>The record that its own server stamped later wins; at the same instant the local one does. The other value is kept with the settled conflict.</summary>
    NewestWins,
}
