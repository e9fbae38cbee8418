namespace Dataverse.Sync.Testing;

/// <summary>An application that the token endpoint knows.</summary>
/// <param name="Id">Its client id.</param>
/// <param name="Secret">Its secret.</param>
public sealed record BusinessCentralClient(string Id, string Secret);
