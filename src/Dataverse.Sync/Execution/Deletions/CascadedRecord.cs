namespace Dataverse.Sync.Execution;

/// <summary>A record that a system would delete because the engine deletes another one.</summary>
/// <param name="Cause">The id of the record that the engine deletes.</param>
/// <param name="Record">The record that is deleted as a consequence.</param>
/// <param name="IsUnsynchronized">Whether it contains something that was not synchronized yet, or has no partner yet.</param>
internal readonly record struct CascadedRecord(Guid Cause, RecordInMapping Record, bool IsUnsynchronized)
{
    /// <summary>Whether its partner is gone as well, so that nothing is lost with it.</summary>
    public bool HasNoPartner { get; init; }

    /// <summary>Whether its mapping cannot be run, so that nothing is known of it.</summary>
    public bool IsUnjudged { get; init; }
}
