namespace Dataverse.Sync.Execution;

/// <summary>
/// The result of the search for a partner: a partner, or the reason why the record cannot have one yet.
/// </summary>
/// <param name="Partner">The id of the partner.</param>
/// <param name="Insert">The uncertain insert that created the record for that partner, or null for a match.</param>
/// <param name="Error">Why the record fails, or null if a partner was found.</param>
internal readonly record struct PartnerMatch(Guid Partner, Intent? Insert = null, SyncError? Error = null)
{
    /// <summary>Whether a rule chose the partner.</summary>
    public bool IsChosen { get; init; }

    /// <summary>Whether it is the partner of a pair that was uncoupled because a record left its filter.</summary>
    public bool IsFormer { get; init; }

    /// <summary>The match group that found the partner, or null if none did.</summary>
    public MatchGroup? Group { get; init; }

    /// <summary>Why the partner is doubtful, or null if it is not.</summary>
    public MatchDoubt? Doubt { get; init; }

    /// <summary>How the partner was found.</summary>
    public MatchOrigin Origin => new(
        IsChosen ? MatchSource.Rule : IsFormer ? MatchSource.FormerPartner : MatchSource.MatchGroup, Group);

    /// <summary>Whether a partner was found.</summary>
    public bool IsFound => Error is null && Doubt is null;
}
