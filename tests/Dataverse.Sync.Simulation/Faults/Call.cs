namespace Dataverse.Sync.Simulation;

/// <summary>A call of the engine.</summary>
/// <param name="Side">The system that is called; null for the store.</param>
/// <param name="Name">What it is asked to do.</param>
/// <param name="Table">The table, or null.</param>
/// <param name="IsWrite">Whether records are written.</param>
internal readonly record struct Call(SyncSide? Side, string Name, string? Table = null, bool IsWrite = false)
{
    public const string Commit = "commit";
    public const string Journal = "journal";

    /// <summary>The places besides all calls in which it is counted.</summary>
    public FaultPlace? Place => (Side, IsWrite, Name) switch
    {
        (not null, true, _) => FaultPlace.Write,
        (not null, _, "read by id" or "find" or "read keys") => FaultPlace.Read,
        (null, _, Commit or Journal) => FaultPlace.Commit,
        _ => null,
    };

    public override string ToString() => $"{(Side is { } side ? side.ToString() : "Store")} {Name} {Table}".TrimEnd();
}
