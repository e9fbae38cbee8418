namespace Dataverse.Sync.Testing;

/// <summary>A company of an emulated Business Central.</summary>
/// <param name="Id">The id in URLs.</param>
/// <param name="Name">Technical name.</param>
/// <param name="DisplayName">Shown name; may be blank.</param>
public sealed record BusinessCentralCompany(Guid Id, string Name, string DisplayName);
