namespace Dataverse.Sync;

/// <summary>Settings of <see cref="SyncDoubts.ExportAsync"/>.</summary>
public sealed record DecisionExportOptions
{
    /// <summary>
    /// Whether the file contains the values of the mapped fields of each record and of its candidate, so that a person can
    /// compare them.
    /// </summary>
    /// <value>The default is false: the file contains ids, and no data of the records.</value>
    public bool IncludesValues { get; init; }
}
