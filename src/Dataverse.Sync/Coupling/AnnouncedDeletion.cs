namespace Dataverse.Sync;

/// <summary>
/// A coupled record that its system deletes because the engine deleted another record. It may disappear minutes later.
/// </summary>
/// <remarks>
/// Announced before the engine sends its own deletion. When the record is gone, its pair is uncoupled, and the partner stays
/// whatever the deletion policy says: nobody deleted the record.
/// </remarks>
/// <param name="Mapping">The mapping in which the record is coupled.</param>
/// <param name="Record">The record.</param>
/// <param name="AnnouncedOn">When it was announced, by the clock of the engine.</param>
public sealed record AnnouncedDeletion(string Mapping, RecordKey Record, DateTimeOffset AnnouncedOn);
