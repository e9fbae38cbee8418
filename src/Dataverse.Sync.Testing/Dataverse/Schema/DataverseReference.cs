namespace Dataverse.Sync.Testing;

/// <summary>Value of a lookup column.</summary>
/// <param name="Table">Logical name of the table referred to.</param>
/// <param name="Id">Primary key of the row referred to.</param>
public sealed record DataverseReference(string Table, Guid Id);
