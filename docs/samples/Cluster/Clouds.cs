using Dataverse.Sync.Testing;

namespace Cluster;

/// <summary>The two emulated services with the data of the quick start. They answer as slowly as services on the internet.</summary>
internal sealed class Clouds : IAsyncDisposable
{
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(60);

    private Clouds(BusinessCentralEmulator businessCentral, DataverseEmulator dataverse) =>
        (BusinessCentral, Dataverse) = (businessCentral, dataverse);

    public BusinessCentralEmulator BusinessCentral { get; }

    public DataverseEmulator Dataverse { get; }

    public BusinessCentralCompany Company => BusinessCentral.Companies[0];

    public static async Task<Clouds> StartAsync(CancellationToken cancellationToken)
    {
        var clouds = new Clouds(
            await BusinessCentralEmulator.StartAsync(cancellationToken: cancellationToken),
            await DataverseEmulator.StartAsync(cancellationToken: cancellationToken));
        var data = Path.Combine(AppContext.BaseDirectory, "data");
        await clouds.BusinessCentral.LoadAsync(Path.Combine(data, "business-central"), cancellationToken: cancellationToken);
        await clouds.Dataverse.LoadAsync(Path.Combine(data, "dataverse"), cancellationToken);
        clouds.BusinessCentral.Faults.Add(EmulatorFault.Delay(Latency).Always());
        clouds.Dataverse.Faults.Add(EmulatorFault.Delay(Latency).Always());
        return clouds;
    }

    public async ValueTask DisposeAsync()
    {
        await BusinessCentral.DisposeAsync();
        await Dataverse.DisposeAsync();
    }
}
