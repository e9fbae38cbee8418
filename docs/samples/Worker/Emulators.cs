using Dataverse.Sync.Testing;

namespace Worker;

/// <summary>Both services, emulated, with the data of the quick start.</summary>
internal sealed class Emulators : IAsyncDisposable
{
    // The emulated systems are new with each start, so couplings of an earlier one would mean nothing to them.
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dataverse-sync-worker-");

    private Emulators(BusinessCentralEmulator businessCentral, DataverseEmulator dataverse)
    {
        BusinessCentral = businessCentral;
        Dataverse = dataverse;
    }

    public BusinessCentralEmulator BusinessCentral { get; }

    public DataverseEmulator Dataverse { get; }

    public BusinessCentralTable Customers => BusinessCentral.Table("customers", Company.Id);

    public DataverseTable Accounts => Dataverse.Table("account");

    private BusinessCentralCompany Company =>
        BusinessCentral.Companies.First(company => BusinessCentral.Table("companyInformation", company.Id).Count > 0);

    /// <summary>Starts them, and puts their addresses and a coupling file into the configuration.</summary>
    public static async Task<Emulators> StartAsync(WebApplicationBuilder builder, WorkerSettings settings)
    {
        var emulators = new Emulators(await BusinessCentralEmulator.StartAsync(), await DataverseEmulator.StartAsync());
        var data = Path.Combine(AppContext.BaseDirectory, "data");
        await emulators.BusinessCentral.LoadAsync(Path.Combine(data, "business-central"));
        await emulators.Dataverse.LoadAsync(Path.Combine(data, "dataverse"));
        builder.Configuration.AddInMemoryCollection(emulators.Addresses());
        if (settings.PublicAddress is { } address)
        {
            emulators.RegisterWebhook(new Uri(address, "hooks/dataverse"), builder.Configuration["Secrets:DataverseKey"]!);
        }

        return emulators;
    }

    public async ValueTask DisposeAsync()
    {
        await BusinessCentral.DisposeAsync();
        await Dataverse.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private Dictionary<string, string?> Addresses() => new()
    {
        ["Sync:businessCentral:baseAddress"] = BusinessCentral.BaseAddress.ToString(),
        ["Sync:businessCentral:company"] = Company.Name,
        ["Sync:businessCentral:accessTokenFrom"] = "Emulators:Token",
        ["Sync:dataverse:environmentUrl"] = Dataverse.BaseAddress.ToString(),
        ["Sync:dataverse:accessTokenFrom"] = "Emulators:Token",
        ["Sync:store:path"] = Path.Combine(folder.FullName, "couplings.db"),
        ["Emulators:Token"] = "any-token",
    };

    // In a real environment, a person does this once. Business Central's webhooks are registered by the library.
    private void RegisterWebhook(Uri url, string key)
    {
        foreach (var table in new[] { "account", "contact", "systemuser", "transactioncurrency" })
        {
            _ = Dataverse.RegisterWebhook(url, table, DataverseWebhookKey.Header("x-webhook-key", key));
        }
    }
}
