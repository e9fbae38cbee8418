namespace Dataverse.Sync.Testing;

/// <summary>
/// An active alternate key: columns whose values together identify a row. Rows with a null among them are not checked.
/// </summary>
/// <param name="Name">Logical name of the key.</param>
/// <param name="Columns">Logical names of 1 to 16 columns; lookups included.</param>
public sealed record DataverseAlternateKey(string Name, params IReadOnlyList<string> Columns);
