using Dataverse.Sync.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.PowerPlatform.Dataverse.Client;
using Microsoft.Xrm.Sdk;

namespace Dataverse.Sync.OrganizationService.Tests;

public sealed class UseDataverseTests
{
    [Fact]
    public async Task UseDataverse_takes_the_client_that_the_container_holds()
    {
        var client = new ServiceClient(new Uri("https://contoso.crm4.dynamics.com/"), _ => Task.FromResult("token"));
        await using var provider = Build(sync => sync.UseDataverse(provider => provider.GetRequiredService<ServiceClient>()), client);

        _ = provider.GetRequiredService<SyncEngine>();

        provider.GetRequiredService<OrganizationServiceConnector>().Identity.Should().Be("contoso.crm4.dynamics.com");
    }

    [Fact]
    public async Task UseDataverse_takes_any_organization_service_and_options()
    {
        IOrganizationServiceAsync2 service = new StubOrganization(new OrganizationResponse());
        await using var provider = Build(sync => sync.UseDataverse(service, options => options.Name = "CRM"));

        var connector = provider.GetRequiredService<OrganizationServiceConnector>();

        connector.Name.Should().Be("CRM");
        (await connector.GetSchemaAsync("account", default)).Should().NotBeNull();
    }

    [Fact]
    public async Task UseDataverse_with_wrong_options_fails_when_the_engine_is_made()
    {
        var service = new StubOrganization(new OrganizationResponse());
        await using var provider = Build(sync => sync.UseDataverse(_ => service, options => options.PageSize = 0));

        FluentActions.Invoking(provider.GetRequiredService<SyncEngine>).Should().Throw<SyncConfigurationException>();
    }

    [Fact]
    public async Task A_client_that_cannot_be_made_is_made_again_by_the_next_call()
    {
        var calls = 0;
        await using var provider = Build(sync => sync.UseDataverse(_ => calls++ == 0
            ? throw new InvalidOperationException("Secret")
            : new StubOrganization(new OrganizationResponse())));
        var connector = provider.GetRequiredService<OrganizationServiceConnector>();

        var failure = (await FluentActions.Awaiting(() => connector.GetSchemaAsync("account", default)).Should().ThrowAsync<ConnectorException>()).Which;

        failure.IsTransient.Should().BeTrue();
        failure.ToString().Should().NotContain("Secret");
        (await connector.GetSchemaAsync("account", default)).Should().NotBeNull();
    }

    [Fact]
    public async Task A_client_that_is_not_connected_sends_nothing()
    {
        using var client = new ServiceClient(new Uri("https://contoso.crm4.dynamics.com/"), _ => Task.FromResult("token"));
        using var connector = new OrganizationServiceConnector(client);

        (await FluentActions.Awaiting(() => connector.GetSchemaAsync("account", default)).Should().ThrowAsync<ConnectorException>())
            .Which.Failure.Should().Be(ConnectorFailure.Unreachable);
    }

    private static ServiceProvider Build(Action<SyncBuilder> configure, ServiceClient? client = null)
    {
        var services = new ServiceCollection();
        if (client is not null)
        {
            _ = services.AddSingleton(client);
        }

        _ = services.AddDataverseSync(sync =>
        {
            _ = sync.UseLocal(_ => new InMemoryConnector()).UseInMemoryStore();
            configure(sync);
        });
        return services.BuildServiceProvider();
    }
}
