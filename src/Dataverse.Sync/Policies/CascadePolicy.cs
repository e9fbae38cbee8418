namespace Dataverse.Sync;

/// <summary>
/// Specifies what happens if a deletion by the engine would make the system delete coupled records that nobody deleted.
/// </summary>
public enum CascadePolicy
{
    /// <summary>Nothing is deleted. A deletion conflict names the records, and a person decides.</summary>
    Ask,

    /// <summary>
    /// The record is deleted. The pairs of the records that the system deletes as a consequence are uncoupled, and their
    /// partners stay.
    /// </summary>
    Uncouple,
}
