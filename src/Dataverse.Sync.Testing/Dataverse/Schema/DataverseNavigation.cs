namespace Dataverse.Sync.Testing.Emulation;

/// <summary>A single-valued navigation property of a lookup column, and the tables that it may refer to.</summary>
internal sealed record DataverseNavigation(string Name, DataverseColumn Column, IReadOnlyList<string> Tables);
