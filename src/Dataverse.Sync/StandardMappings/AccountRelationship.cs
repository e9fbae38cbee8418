namespace Dataverse.Sync;

/// <summary>
/// The values of the account column <c>customertypecode</c> (relationship type) that the standard mappings use.
/// </summary>
internal static class AccountRelationship
{
    public const long Customer = 3;

    public const long Vendor = 11;
}
