namespace Dataverse.Sync.Shared;

/// <summary>The names of columns that mean the same in every table.</summary>
internal static class ColumnNames
{
    public const string ModifiedOn = "modifiedon";
    public const string Owner = "ownerid";
    public const string StateCode = "statecode";
    public const string StatusCode = "statuscode";
    public const string Master = "masterid";
    public const string Merged = "merged";
    public const string FullName = "fullname";
    public const string FirstName = "firstname";
    public const string MiddleName = "middlename";
    public const string LastName = "lastname";
}
