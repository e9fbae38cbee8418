namespace Dataverse.Sync.Execution;

/// <summary>What the search for a partner found: a partner, or the reason why the record cannot have one now.</summary>
/// <param name="Partner">The id of the partner.</param>
/// <param name="Insert">The uncertain insert that created the record for that partner; null for a match.</param>
/// <param name="Error">Why the record fails; null when a partner was found.</param>
internal readonly record struct PartnerMatch(Guid Partner, Intent? Insert = null, SyncError? Error = null);
