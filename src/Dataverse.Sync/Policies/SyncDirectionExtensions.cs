namespace Dataverse.Sync;

internal static class SyncDirectionExtensions
{
    /// <summary>Whether changes travel to a side.</summary>
    public static bool ReachesSide(this SyncDirection direction, SyncSide target) => direction switch
    {
        SyncDirection.ToIntegrationTable => target == SyncSide.Integration,
        SyncDirection.FromIntegrationTable => target == SyncSide.Local,
        _ => true,
    };

    /// <summary>Whether changes travel from a side.</summary>
    public static bool ReadsSide(this SyncDirection direction, SyncSide source) =>
        direction.ReachesSide(source.Opposite());
}
