namespace Dataverse.Sync.Testing;

/// <summary>
/// An active alternate key: columns whose values together identify a row. Rows with a <see langword="null"/> in one of
/// the columns are not checked.
/// </summary>
/// <param name="Name">The logical name of the key.</param>
/// <param name="Columns">The logical names of 1 to 16 columns, which may include lookups.</param>
public sealed record DataverseAlternateKey(string Name, params IReadOnlyList<string> Columns);
