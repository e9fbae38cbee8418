namespace Dataverse.Sync.Shared;

/// <summary>The tables to which lookups refer.</summary>
internal static class LookupTables
{
    /// <summary>
    /// The tables whose records a relationship's table stands for: "owner" is the abstract table of users and teams.
    /// </summary>
    public static IReadOnlyList<string> Of(string referencedTable) =>
        referencedTable == "owner" ? ["systemuser", "team"] : [referencedTable];
}
