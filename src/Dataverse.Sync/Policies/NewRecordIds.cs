namespace Dataverse.Sync;

/// <summary>Specifies how the ids of new records are chosen in systems that let the engine choose them.</summary>
public enum NewRecordIds
{
    /// <summary>
    /// By <see cref="SyncEngineOptions.NewId"/>: by default, they ascend in the order of SQL Server's indexes, as
    /// Dataverse recommends.
    /// </summary>
    Sequential,

    /// <summary>
    /// Computed from the scope, both tables, and the id of the source record, so that the same record gets the same id.
    /// </summary>
    DerivedFromSource,
}
