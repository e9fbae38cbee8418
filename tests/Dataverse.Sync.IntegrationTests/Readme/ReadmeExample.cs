using Microsoft.Extensions.DependencyInjection;

namespace Dataverse.Sync.IntegrationTests.Readme;

/// <summary>The README's example, compiled; a test compares the two texts.</summary>
internal static class ReadmeExample
{
    public static async Task RunAsync(Func<CancellationToken, ValueTask<string>> businessCentralToken, Func<CancellationToken, ValueTask<string>> dataverseToken)
    {
        // begin
        var services = new ServiceCollection();

        services.AddDataverseSync(sync => sync
            .UseBusinessCentral(options =>
            {
                options.BaseAddress = new Uri("https://api.businesscentral.dynamics.com/v2.0/production/api/v2.0/");
                options.Company = "CRONUS International Ltd.";
                options.AccessToken = businessCentralToken;
            })
            .UseDataverseWebApi(options =>
            {
                options.EnvironmentUrl = new Uri("https://contoso.crm4.dynamics.com/");
                options.AccessToken = dataverseToken;
            })
            .UseSqliteCouplings("couplings.db")
            .AddStandardMappings()
            .ConfigureMapping("CUSTOMER", customer => customer
                .OnlyCoupledRecords(false)                                // create partners for new records in every run
                .OnDeletion(DeletionPolicy.DeleteRecord))
            .AddRule(new SkipTestCustomers()));

        await using var provider = services.BuildServiceProvider();
        var engine = provider.GetRequiredService<SyncEngine>();

        var preview = await engine.PreviewAsync(SyncJobKind.Full);        // every write, before it happens
        foreach (var operation in preview.Operations)
        {
            Console.WriteLine($"{operation.Mapping}: {operation.Kind} in {operation.Table}");
        }

        await engine.SynchronizeFullAsync();                              // match, create, correct
        await engine.SynchronizeModifiedAsync();                          // from then on: what changed
        // end
    }

    private sealed class SkipTestCustomers : ISyncRule;
}
