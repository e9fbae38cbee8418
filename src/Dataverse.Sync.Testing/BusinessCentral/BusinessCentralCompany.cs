namespace Dataverse.Sync.Testing;

/// <summary>A company of a <see cref="BusinessCentralEmulator"/>.</summary>
/// <param name="Id">The id in URLs.</param>
/// <param name="Name">The technical name.</param>
/// <param name="DisplayName">The display name; may be blank.</param>
public sealed record BusinessCentralCompany(Guid Id, string Name, string DisplayName);
