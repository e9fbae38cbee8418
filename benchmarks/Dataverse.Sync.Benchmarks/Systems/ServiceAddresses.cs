using Dataverse.Sync.Testing;

namespace Dataverse.Sync.Benchmarks.Systems;

/// <summary>Where the two services are.</summary>
internal sealed record ServiceAddresses(Uri BusinessCentral, string Company, Uri Dataverse)
{
    public static ServiceAddresses Of(LocalCompany local, DataverseEmulator integration) => new(local.Emulator.BaseAddress, local.Company.Name, integration.BaseAddress);
}
