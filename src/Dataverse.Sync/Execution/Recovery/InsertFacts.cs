namespace Dataverse.Sync.Execution;

/// <summary>What is known of an insert whose outcome is uncertain.</summary>
internal readonly record struct InsertFacts
{
    /// <summary>Whether the engine chose the id, so that a repetition meets the record of the first attempt.</summary>
    public bool HasChosenId { get; init; }

    /// <summary>Whether the record with the chosen id is coupled already.</summary>
    public bool IsCoupled { get; init; }

    /// <summary>Whether a record exists that fits: it has the chosen id, or it is uncoupled and holds what was sent.</summary>
    public bool HasFitting { get; init; }

    /// <summary>Whether uncoupled records resemble what was sent without fitting.</summary>
    public bool HasResembling { get; init; }

    /// <summary>Whether the system cannot be working on the request any more.</summary>
    public bool IsWindowOver { get; init; }

    /// <summary>Whether the source is coupled with another record, which exists.</summary>
    public bool IsSourceCoupled { get; init; }

    /// <summary>Whether the source still exists, is inside the filter, and is to get a partner.</summary>
    public bool IsWanted { get; init; }
}
