namespace Dataverse.Sync;

/// <summary>Specifies what a person decides about a record whose partner is doubtful, or whose pair was uncoupled.</summary>
public enum DoubtDecision : byte
{
    /// <summary>The record and a candidate are partners.</summary>
    Couple,

    /// <summary>The record has no partner yet. A new one is created, although other records match.</summary>
    Create,

    /// <summary>The record is left alone for good.</summary>
    Ignore,
}
