using Dataverse.Sync.Shared;

namespace Dataverse.Sync.WebApi;

/// <summary>A one-to-many relationship: which rows refer to those of a table, and what happens to them.</summary>
internal sealed record CascadeDefinition(
    string? ReferencingEntity, string? ReferencingAttribute, CascadeConfiguration? CascadeConfiguration);
