namespace Dataverse.Sync.Execution;

/// <summary>The result of releasing rows of a company.</summary>
internal sealed class ReleasedRows
{
    /// <summary>The new versions of the released rows; null where the system did not tell.</summary>
    public Dictionary<Guid, string?> Versions { get; } = [];

    /// <summary>Why rows are still claimed.</summary>
    public Dictionary<Guid, SyncError> Errors { get; } = [];
}
