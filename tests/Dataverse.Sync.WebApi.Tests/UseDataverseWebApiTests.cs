using Dataverse.Sync.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dataverse.Sync.WebApi.Tests;

public sealed class UseDataverseWebApiTests
{
    [Fact]
    public async Task UseDataverseWebApi_makes_the_environment_the_integration_side_with_services_at_hand()
    {
        var services = new ServiceCollection();
        _ = services.AddSingleton(new Uri("https://contoso.crm4.dynamics.com/"));
        _ = services.AddDataverseSync(sync => sync
            .UseLocal(_ => new InMemoryConnector())
            .UseInMemoryStore()
            .UseDataverseWebApi((options, provider) =>
            {
                options.EnvironmentUrl = provider.GetRequiredService<Uri>();
                options.AccessToken = _ => new("token");
            }));
        await using var provider = services.BuildServiceProvider();

        _ = provider.GetRequiredService<SyncEngine>();

        provider.GetRequiredService<WebApiConnector>().Identity.Should().Be("contoso.crm4.dynamics.com");
    }

    [Fact]
    public async Task UseDataverseWebApi_with_wrong_options_fails_when_the_engine_is_made()
    {
        var services = new ServiceCollection();
        _ = services.AddDataverseSync(sync => sync.UseLocal(_ => new InMemoryConnector()).UseDataverseWebApi(options => options.PageSize = 0));
        await using var provider = services.BuildServiceProvider();

        FluentActions.Invoking(provider.GetRequiredService<SyncEngine>).Should().Throw<SyncConfigurationException>()
            .Which.Problems.Should().HaveCount(3);
    }
}
