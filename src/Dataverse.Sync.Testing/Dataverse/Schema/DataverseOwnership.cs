namespace Dataverse.Sync.Testing;

/// <summary>The owner of the rows of a table.</summary>
public enum DataverseOwnership
{
    /// <summary>Each row belongs to a user or a team. The table has the columns for the owner.</summary>
    UserOwned,

    /// <summary>All rows belong to the organization.</summary>
    OrganizationOwned,

    /// <summary>The rows belong to a business unit.</summary>
    BusinessOwned,

    /// <summary>No owner: platform data.</summary>
    None,
}
