namespace Dataverse.Sync.Shared;

/// <summary>A table as <c>EntityDefinitions</c> describes it.</summary>
internal sealed record EntityDefinition(
    string? LogicalName,
    string? EntitySetName,
    string? PrimaryIdAttribute,
    bool? ChangeTrackingEnabled,
    bool? IsOptimisticConcurrencyEnabled);
