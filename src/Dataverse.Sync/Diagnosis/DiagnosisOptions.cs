namespace Dataverse.Sync;

/// <summary>Settings of <see cref="SyncEngine.DiagnoseAsync"/>.</summary>
public sealed record DiagnosisOptions
{
    /// <summary>
    /// Whether all records are read, to find duplicates and unknown options. Otherwise one page of each table is read.
    /// </summary>
    /// <value>The default is true.</value>
    public bool ReadsRecords { get; init; } = true;

    /// <summary>How many records a finding lists at most.</summary>
    /// <value>The default is 20.</value>
    public int ListedRecords { get; init; } = 20;
}
