namespace Dataverse.Sync.OrganizationService;

/// <summary>
/// How the service makes a full name of its parts; two of the conventions of
/// <c>organization.fullnameconventioncode</c>.
/// </summary>
public enum FullNameConvention
{
    /// <summary>First name and last name (code 1). The middle name has no place in it.</summary>
    FirstLast = 1,

    /// <summary>First name, middle name, and last name (code 5).</summary>
    FirstMiddleLast = 5,
}
