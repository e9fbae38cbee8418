namespace Dataverse.Sync.Testing;

/// <summary>An application that the token endpoint accepts.</summary>
/// <param name="Id">The client id.</param>
/// <param name="Secret">The client secret.</param>
public sealed record BusinessCentralClient(string Id, string Secret);
