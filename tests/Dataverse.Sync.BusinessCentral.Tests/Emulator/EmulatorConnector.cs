using Dataverse.Sync.Testing;

namespace Dataverse.Sync.BusinessCentral.Tests.Emulator;

/// <summary>Makes connectors to an emulator, over real HTTP.</summary>
internal static class EmulatorConnector
{
    public static BusinessCentralConnector Make(BusinessCentralEmulator emulator, Action<BusinessCentralOptions>? configure = null, TimeProvider? time = null)
    {
        var options = new BusinessCentralOptions
        {
            BaseAddress = emulator.BaseAddress,
            Company = "CRONUS",
            AccessToken = _ => new("token"),
            HttpMessageHandler = emulator.Certificate is null ? null : emulator.CreateNetworkHandler(),
        };
        configure?.Invoke(options);
        return new BusinessCentralConnector(options, time ?? new InstantTimeProvider());
    }
}
