using System.Text.Json.Nodes;
using Dataverse.Sync.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dataverse.Sync.IntegrationTests;

/// <summary>The program that the README shows, as it stands there.</summary>
internal static class ReadmeExample
{
    /// <param name="Console">Stands where the program has the console.</param>
    public static async Task RunAsync(TextWriter Console)
    {
        await using var businessCentral = await BusinessCentralEmulator.StartAsync(); // or your environment
        await using var dataverse = await DataverseEmulator.StartAsync();
        businessCentral.AddCompany("CRONUS", localCurrency: "USD");
        businessCentral.Table("customers").Insert(new JsonObject { ["displayName"] = "Adatum", ["email"] = "office@adatum.example" });

        var services = new ServiceCollection();
        services.AddDataverseSync(sync => sync
            .UseBusinessCentral(options =>
            {
                options.BaseAddress = businessCentral.BaseAddress; // https://api.businesscentral.dynamics.com/v2.0/{environment}/api/v2.0
                options.Company = "CRONUS";
                options.AccessToken = _ => new("token");                // from your identity library
            })
            .UseDataverseWebApi(options =>
            {
                options.EnvironmentUrl = dataverse.BaseAddress;    // https://{organization}.crm.dynamics.com
                options.AccessToken = _ => new("token");                // from your identity library
            })
            .UseSqliteCouplings(Path.GetTempFileName())            // a file that stays, such as "couplings.db"
            .AddStandardMappings()
            .ConfigureMapping("CUSTOMER", customer => customer.OnUpdateConflict(UpdateConflictPolicy.NewestWins)));

        await using var provider = services.BuildServiceProvider();
        var engine = provider.GetRequiredService<SyncEngine>();

        var preview = await engine.PreviewAsync(SyncJobKind.Full);
        foreach (var write in preview.Operations)
            Console.WriteLine($"would {write.Kind} {write.Table} in the {write.Side} system");

        foreach (var job in await engine.SynchronizeFullAsync())
            Console.WriteLine($"{job.Key.Mapping}: {job.Counters.Inserted} inserted, {job.Counters.Modified} modified, {job.Counters.Failed} failed");
    }
}
