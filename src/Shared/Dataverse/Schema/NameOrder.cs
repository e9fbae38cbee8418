namespace Dataverse.Sync.Shared;

/// <summary>
/// How the service makes a full name of its parts; the numbers are those of
/// <c>organization.fullnameconventioncode</c>.
/// </summary>
internal enum NameOrder
{
    /// <summary>First name and last name. The middle name has no place in it.</summary>
    FirstLast = 1,

    /// <summary>First name, middle name, and last name.</summary>
    FirstMiddleLast = 5,
}
