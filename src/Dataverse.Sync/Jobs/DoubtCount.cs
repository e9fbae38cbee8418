namespace Dataverse.Sync;

/// <summary>How many records would be doubtful for one reason.</summary>
/// <param name="Code">The code of the reason, such as <see cref="SyncErrorCodes.DoubtfulMatch"/>.</param>
/// <param name="Reason">A sentence for people that names fields, never values.</param>
/// <param name="Count">The number of records.</param>
public sealed record DoubtCount(string Code, string Reason, long Count);
