namespace Dataverse.Sync.Sqlite;

/// <summary>A row of the journal: the intents that were stored together and are not settled yet.</summary>
/// <param name="Sequence">The number of the row. Rows were added in its order.</param>
/// <param name="Id">The id of the row, to which encrypted values are bound.</param>
/// <param name="IntentIds">The ids of the intents, in their order.</param>
internal sealed record JournalEntry(long Sequence, Guid Id, IReadOnlyList<Guid> IntentIds);
