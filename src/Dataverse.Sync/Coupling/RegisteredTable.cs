namespace Dataverse.Sync;

/// <summary>An integration table that a scope uses.</summary>
/// <param name="Name">The name of the table.</param>
/// <param name="Company">
/// The value of the company column in the rows of the scope's company, or null if the table has no such column.
/// </param>
public sealed record RegisteredTable(string Name, string? Company);
