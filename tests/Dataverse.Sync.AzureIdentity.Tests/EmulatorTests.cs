using Dataverse.Sync.BusinessCentral;
using Dataverse.Sync.Testing;
using Dataverse.Sync.WebApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.AzureIdentity.Tests;

/// <summary>A client secret of Azure.Identity signs in to emulators that check their tokens.</summary>
public sealed class EmulatorTests
{
    [Fact]
    public async Task Business_Central_accepts_the_token_of_a_client_secret_and_a_fresh_one_after_it_is_revoked()
    {
        await using var emulator = await BusinessCentralEmulator.StartAsync(new() { RequiresIssuedTokens = true });
        _ = emulator.AddCompany("CRONUS");
        var options = new BusinessCentralOptions { BaseAddress = emulator.BaseAddress, Company = "CRONUS" };
        using var connector = new BusinessCentralConnector(options.UseCredential(LoginOf.Secret(emulator.TokenEndpoint)));

        var schema = await connector.GetSchemaAsync("customers", default);
        emulator.RevokeTokens();
        var again = await connector.GetSchemaAsync("customers", default);

        schema.Should().NotBeNull();
        again.Should().NotBeNull();
    }

    [Fact]
    public async Task Dataverse_accepts_the_token_of_a_client_secret_and_a_fresh_one_after_it_is_revoked()
    {
        await using var emulator = await DataverseEmulator.StartAsync(new() { Authentication = DataverseAuthentication.IssuedTokens });
        var options = new WebApiOptions { EnvironmentUrl = emulator.BaseAddress };
        using var connector = new WebApiConnector(options.UseCredential(LoginOf.Secret(emulator.BaseAddress)));

        var schema = await connector.GetSchemaAsync("account", default);
        emulator.RevokeTokens();
        var again = await connector.GetSchemaAsync("account", default);

        schema.Should().NotBeNull();
        again.Should().NotBeNull();
    }

    [Fact]
    public async Task The_log_of_a_connector_and_of_a_client_of_the_factory_holds_no_token()
    {
        var log = new RecordedLog();
        await using var emulator = await BusinessCentralEmulator.StartAsync(new() { RequiresIssuedTokens = true });
        _ = emulator.AddCompany("CRONUS");
        var credential = LoginOf.Secret(emulator.TokenEndpoint);
        var services = new ServiceCollection();
        _ = services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
        _ = services.AddHttpClient(BusinessCentralOptions.HttpClientName);
        _ = services.AddDataverseSync(sync => sync.UseIntegration(_ => new InMemoryConnector()).UseInMemoryStore()
            .UseBusinessCentral(options =>
            {
                options.BaseAddress = emulator.BaseAddress;
                options.Company = "CRONUS";
                _ = options.UseCredential(credential);
            }));
        await using var provider = services.BuildServiceProvider();
        var connector = provider.GetRequiredService<BusinessCentralConnector>();

        _ = await connector.GetSchemaAsync("customers", default);
        emulator.RevokeTokens();
        _ = await connector.GetSchemaAsync("customers", default);

        var token = (await credential.GetTokenAsync(new(["https://api.businesscentral.dynamics.com/.default"]), default)).Token;
        log.Entries.Should().Contain(entry => entry.Text.Contains("$metadata", StringComparison.Ordinal));
        log.Entries.Should().NotContain(entry => $"{entry.Text} {entry.Exception}".Contains(token, StringComparison.Ordinal));
    }
}
