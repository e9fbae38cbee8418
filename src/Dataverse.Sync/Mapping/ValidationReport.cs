namespace Dataverse.Sync;

/// <summary>The result of <see cref="SyncEngine.ValidateAsync"/> if all mappings are valid.</summary>
public sealed record ValidationReport
{
    /// <summary>What people should know although every mapping can be run, in dependency order.</summary>
    /// <value>The default is empty.</value>
    public IReadOnlyList<MappingWarning> Warnings { get; init; } = [];
}
