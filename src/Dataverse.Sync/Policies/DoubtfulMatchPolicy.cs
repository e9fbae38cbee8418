namespace Dataverse.Sync;

/// <summary>Specifies what happens to an uncoupled record whose partner is doubtful.</summary>
/// <remarks>
/// The partner is doubtful if several records match, if a record that matches has several claims, if only a suggestion
/// finds a record, or if the only record that matches is outside the mapping's filter.
/// </remarks>
public enum DoubtfulMatchPolicy : byte
{
    /// <summary>
    /// The record is neither coupled nor created, and is listed as <see cref="RecordFailureState.Doubtful"/> until a
    /// person decides or one of the records concerned changes.
    /// </summary>
    Ask,

    /// <summary>
    /// The record is treated as one without a match, which creates a second record where the run creates records.
    /// Business Central does the same.
    /// </summary>
    Create,
}
