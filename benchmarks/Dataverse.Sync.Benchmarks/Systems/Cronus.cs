using Dataverse.Sync.Testing;

namespace Dataverse.Sync.Benchmarks.Systems;

/// <summary>Both emulated services with the company CRONUS of a checkout that has its data beside it.</summary>
internal sealed class Cronus : IAsyncDisposable
{
    private readonly BusinessCentralEmulator local;
    private readonly DataverseEmulator integration;

    private Cronus(BusinessCentralEmulator local, DataverseEmulator integration) => (this.local, this.integration) = (local, integration);

    /// <summary>The folder with the data, or null if there is none.</summary>
    public static string? Folder { get; } = Find(Path.Combine("shared", "data", "cronus"));

    /// <summary>Where the services are.</summary>
    public ServiceEndpoints Endpoints =>
        new(local.BaseAddress, local.Companies.First(company => local.Table("companyInformation", company.Id).Count > 0).Name, integration.BaseAddress);

    /// <summary>Starts both services and loads the data.</summary>
    public static async Task<Cronus> StartAsync(string folder, CancellationToken cancellationToken)
    {
        var cronus = new Cronus(
            await BusinessCentralEmulator.StartAsync(cancellationToken: cancellationToken), await DataverseEmulator.StartAsync(cancellationToken: cancellationToken));
        await cronus.local.LoadAsync(Path.Combine(folder, "business-central"), cancellationToken: cancellationToken);
        await cronus.integration.LoadAsync(Path.Combine(folder, "dataverse"), cancellationToken);
        return cronus;
    }

    public async ValueTask DisposeAsync()
    {
        await local.DisposeAsync();
        await integration.DisposeAsync();
    }

    private static string? Find(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, relative)))
            {
                return Path.Combine(folder.FullName, relative);
            }
        }

        return null;
    }
}
