using Dataverse.Sync.Testing;

namespace Dataverse.Sync.Benchmarks.Systems;

/// <summary>Where the two services are.</summary>
internal sealed record ServiceEndpoints(Uri BusinessCentral, string Company, Uri Dataverse)
{
    public static ServiceEndpoints Of(LocalCompany local, DataverseEmulator integration) => new(local.Emulator.BaseAddress, local.Company.Name, integration.BaseAddress);
}
