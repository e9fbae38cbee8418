using System.Text.Json;
using Dataverse.Sync.OrganizationService.Emulator;
using Dataverse.Sync.Testing;
using Microsoft.PowerPlatform.Dataverse.Client;

namespace QuickStart;

/// <summary>The two emulated services, loaded and listening on free loopback ports.</summary>
internal sealed class Clouds : IAsyncDisposable
{
    public const string BusinessCentralFolder = "business-central";
    public const string DataverseFolder = "dataverse";

    private Clouds(BusinessCentralEmulator businessCentral, DataverseEmulator dataverse, bool usesTls)
    {
        BusinessCentral = businessCentral;
        Dataverse = dataverse;
        BusinessCentralHandler = usesTls ? businessCentral.CreateNetworkHandler() : null;
        DataverseHandler = usesTls ? dataverse.CreateNetworkHandler() : null;
        OrganizationService = new EmulatedOrganizationService(dataverse);
    }

    public BusinessCentralEmulator BusinessCentral { get; }

    public DataverseEmulator Dataverse { get; }

    /// <summary>Trusts the certificate of the emulated Business Central; null without TLS.</summary>
    public HttpMessageHandler? BusinessCentralHandler { get; }

    /// <summary>Trusts the certificate of the emulated Dataverse; null without TLS.</summary>
    public HttpMessageHandler? DataverseHandler { get; }

    /// <summary>The organization service of the emulated Dataverse, in place of a <c>ServiceClient</c>.</summary>
    public IOrganizationServiceAsync2 OrganizationService { get; }

    /// <summary>The company that the data belongs to.</summary>
    public BusinessCentralCompany Company { get; private set; } = null!;

    public static async Task<Clouds> StartAsync(string folder, bool usesTls, CancellationToken cancellationToken)
    {
        var transport = new EmulatorTransport { UsesTls = usesTls, Compresses = usesTls, Streams = usesTls };
        var clouds = new Clouds(
            await BusinessCentralEmulator.StartAsync(new() { Transport = transport }, cancellationToken),
            await DataverseEmulator.StartAsync(new() { Transport = transport }, cancellationToken),
            usesTls);
        try
        {
            await clouds.LoadAsync(folder, cancellationToken);
            return clouds;
        }
        catch
        {
            await clouds.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        BusinessCentralHandler?.Dispose();
        DataverseHandler?.Dispose();
        await BusinessCentral.DisposeAsync();
        await Dataverse.DisposeAsync();
    }

    private async Task LoadAsync(string folder, CancellationToken cancellationToken)
    {
        try
        {
            await BusinessCentral.LoadAsync(Path.Combine(folder, BusinessCentralFolder), cancellationToken: cancellationToken);
            await Dataverse.LoadAsync(Path.Combine(folder, DataverseFolder), cancellationToken);
        }
        catch (Exception failure) when (failure is InvalidDataException or JsonException or FormatException or InvalidOperationException or ArgumentException)
        {
            throw new QuickStartException($"cannot load the data in '{folder}': {failure.Message}");
        }

        Company = BusinessCentral.Companies.FirstOrDefault(company => BusinessCentral.Table("companyInformation", company.Id).Count > 0)
            ?? throw new QuickStartException($"the data in '{folder}' has no company with a companyInformation row.");
    }
}
