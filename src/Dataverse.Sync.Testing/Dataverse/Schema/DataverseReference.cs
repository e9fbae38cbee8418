namespace Dataverse.Sync.Testing;

/// <summary>The value of a lookup column.</summary>
/// <param name="Table">The logical name of the referenced table.</param>
/// <param name="Id">The primary key of the referenced row.</param>
public sealed record DataverseReference(string Table, Guid Id);
