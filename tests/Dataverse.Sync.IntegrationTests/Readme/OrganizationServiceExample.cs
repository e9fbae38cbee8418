using Microsoft.Extensions.DependencyInjection;
using Microsoft.PowerPlatform.Dataverse.Client;

namespace Dataverse.Sync.IntegrationTests.Readme;

/// <summary>The examples of the page about the organization service, compiled; a test compares the texts.</summary>
internal static class OrganizationServiceExample
{
    public static void WithConnectionString(IServiceCollection services)
    {
        // begin
        services.AddDataverseSync(sync => sync
            .UseDataverse(_ => new ServiceClient(
                "AuthType=ClientSecret;Url=https://contoso.crm4.dynamics.com;ClientId=…;ClientSecret=…")));
        // end
    }

    public static void WithTokens(IServiceCollection services)
    {
        // begin
        services.AddDataverseSync(sync => sync
            .UseDataverse(provider => new ServiceClient(
                new Uri("https://contoso.crm4.dynamics.com/"),
                url => provider.GetRequiredService<Tokens>().GetAsync(url),
                useUniqueInstance: true)));
        // end
    }

    public static void WithRegisteredClient(IServiceCollection services, string connectionString)
    {
        // begin
        services.AddSingleton(new ServiceClient(connectionString) { EnableAffinityCookie = false });

        services.AddDataverseSync(sync => sync
            .UseDataverse(
                provider => provider.GetRequiredService<ServiceClient>(),
                options => options.CreateBatchSize = 200));
        // end
    }

    private abstract class Tokens
    {
        public abstract Task<string> GetAsync(string url);
    }
}
