namespace Dataverse.Sync.Hosting;

/// <summary>The last run that transferred all changes of a mapping.</summary>
/// <param name="Mapping">The name of the mapping.</param>
/// <param name="Direction">The direction in which the mapping transfers.</param>
/// <param name="StartedOn">When the run started.</param>
internal sealed record MappingSuccess(string Mapping, SyncDirection Direction, DateTimeOffset StartedOn)
{
    /// <summary>The sides whose changes the mapping transfers.</summary>
    public IEnumerable<SyncSide> Sides
    {
        get
        {
            if (Direction != SyncDirection.FromIntegrationTable)
            {
                yield return SyncSide.Local;
            }

            if (Direction != SyncDirection.ToIntegrationTable)
            {
                yield return SyncSide.Integration;
            }
        }
    }
}
