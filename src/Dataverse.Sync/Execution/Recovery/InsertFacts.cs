namespace Dataverse.Sync.Execution;

/// <summary>The facts about an uncertain insert.</summary>
internal readonly record struct InsertFacts
{
    /// <summary>Whether the engine chose the id, so that a repeated insert cannot create a second record.</summary>
    public bool HasChosenId { get; init; }

    /// <summary>Whether the record with the chosen id is already coupled.</summary>
    public bool IsCoupled { get; init; }

    /// <summary>Whether a record fits: it has the chosen id, or it is uncoupled and contains what was sent.</summary>
    public bool HasFitting { get; init; }

    /// <summary>Whether uncoupled records resemble what was sent but do not fit.</summary>
    public bool HasResembling { get; init; }

    /// <summary>Whether the system can no longer be processing the request.</summary>
    public bool IsWindowOver { get; init; }

    /// <summary>Whether the source is coupled with another record that exists.</summary>
    public bool IsSourceCoupled { get; init; }

    /// <summary>Whether the source exists, passes the filter, and needs a partner.</summary>
    public bool IsWanted { get; init; }
}
