namespace Dataverse.Sync.Execution;

/// <summary>What became of rows that a company released.</summary>
internal sealed class ReleasedRows
{
    /// <summary>The new versions of the released rows; null where the system did not tell.</summary>
    public Dictionary<Guid, string?> Versions { get; } = [];

    /// <summary>Why rows are still claimed.</summary>
    public Dictionary<Guid, SyncError> Errors { get; } = [];
}
