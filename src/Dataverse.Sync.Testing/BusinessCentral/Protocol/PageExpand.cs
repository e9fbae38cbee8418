namespace Dataverse.Sync.Testing.Emulation;

/// <summary>One navigation property to be written inside its parent.</summary>
internal sealed record PageExpand(TableNavigation Navigation, PageQuery Query);
