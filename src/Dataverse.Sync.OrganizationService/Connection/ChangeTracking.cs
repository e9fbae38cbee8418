namespace Dataverse.Sync.OrganizationService;

/// <summary>How the connector reads changes.</summary>
public enum ChangeTracking
{
    /// <summary>By change tracking where the table has it, else by <c>modifiedon</c>.</summary>
    Automatic,

    /// <summary>By <c>modifiedon</c> always; deletions are then found by scans of the keys only.</summary>
    Never,
}
