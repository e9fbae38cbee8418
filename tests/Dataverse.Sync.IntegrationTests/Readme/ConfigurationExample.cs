using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dataverse.Sync.IntegrationTests.Readme;

/// <summary>The examples of the page about mappings as data, compiled; a test compares the texts.</summary>
internal static class ConfigurationExample
{
    public static void FromFile(IServiceCollection services)
    {
        // begin
        services.AddDataverseSync(sync => sync
            .UseInMemoryStore()
            .AddMappingsFromJson("sync.json"));
        // end
    }

    public static void WithCode(IServiceCollection services)
    {
        // begin
        services.AddDataverseSync(sync => sync
            .UseInMemoryStore()
            .AddNamedConverter("phone", new PhoneConverter())
            .AddNamedRule("audit", new AuditRule())
            .AddTransformation(TransformationRules.Custom("Initials", value => value))
            .AddMappingsFromJson("sync.json"));
        // end
    }

    public static void FromConfiguration(IServiceCollection services, IConfiguration configuration)
    {
        // begin
        services.AddDataverseSync(sync => sync
            .UseInMemoryStore()
            .AddMappings(configuration.GetSection("Sync")));
        // end
    }

    public static async Task StoreAsync(SyncEngine engine)
    {
        // begin
        engine.Mappings.Change("CUSTOMER", mapping => mapping.OnDeletion(DeletionPolicy.RemoveCoupling));
        await engine.Overrides.StoreAsync("CUSTOMER");

        await engine.Overrides.ChangeAsync("CONTACT", mapping => mapping.Field("website", "websiteurl", field => field.Disabled()));
        foreach (var difference in await engine.Overrides.ListDifferencesAsync("CONTACT"))
        {
            Console.WriteLine($"{difference.Setting}: {difference.Default} → {difference.Present}");
        }

        await engine.Overrides.SwitchOffAsync("VENDOR");
        await engine.Overrides.UseDefaultSetupAsync("CONTACT");
        // end
    }

    private sealed class PhoneConverter : IFieldConverter
    {
        public FieldValue ToIntegration(FieldValue local) => local;

        public FieldValue ToLocal(FieldValue integration) => integration;
    }

    private sealed class AuditRule : ISyncRule;
}
