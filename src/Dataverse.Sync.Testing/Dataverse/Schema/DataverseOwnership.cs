namespace Dataverse.Sync.Testing;

/// <summary>Who owns the rows of a table.</summary>
public enum DataverseOwnership
{
    /// <summary>Each row has an owner, a user or a team, and the columns that follow from it.</summary>
    UserOwned,

    /// <summary>The organization owns them all.</summary>
    OrganizationOwned,

    /// <summary>The rows belong to a business unit.</summary>
    BusinessOwned,

    /// <summary>Nobody: platform data.</summary>
    None,
}
