using System.Text.Json.Nodes;
using Azure.Core;
using Dataverse.Sync.BusinessCentral;
using Dataverse.Sync.Hosting;
using Dataverse.Sync.Testing;
using Dataverse.Sync.WebApi;
using Microsoft.Extensions.DependencyInjection;
using static Dataverse.Sync.Configuration.Tests.ConfiguredServices;

namespace Dataverse.Sync.Configuration.Tests;

/// <summary>A whole engine from a section of the configuration.</summary>
public sealed class SetUpTests
{
    private const string Whole =
        """
        {
          "Secrets": { "BusinessCentral": "token of BC", "Dataverse": "token of Dataverse", "File": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=" },
          "Sync": {
            "businessCentral": {
              "baseAddress": "https://bc.example.com:7048/BC/api/v2.0", "company": "CRONUS", "accessTokenFrom": "Secrets:BusinessCentral",
              "pageSize": 500, "hasRequestLimit": false, "queryOptions": { "tenant": "default" },
              "tables": { "projects": { "route": "contoso/app/v1.0", "parents": [],
                "fields": { "kind": { "type": "Choice", "members": [ "A", "B" ] } } } }
            },
            "dataverse": { "environmentUrl": "https://org.crm4.dynamics.com", "accessTokenFrom": "Secrets:Dataverse", "tag": "sync" },
            "store": { "kind": "Sqlite", "path": "<path>", "encryptionKeyFrom": "Secrets:File", "busyTimeout": "00:00:02" },
            "engine": { "scope": "ours", "leaseDuration": "00:02:00", "newRecordIds": "DerivedFromSource" },
            "standardMappings": {},
            "mappings": { "VENDOR": { "isEnabled": "false" } },
            "jobQueue": {
              "jobRetention": "00:00:00",
              "default": { "interval": "00:10:00", "maximumAttempts": 3 },
              "entries": {
                "customer": { "interval": "00:02:00" },
                "CURRENCY": { "cron": "0 30 2 * * ?", "cronTimeZone": "UTC", "kind": "Full" } }
            }
          }
        }
        """;

    [Fact]
    public async Task Connectors_store_mappings_options_and_job_queue_come_from_the_section()
    {
        var folder = Directory.CreateTempSubdirectory("dataverse-sync-configuration-");
        var file = Path.Combine(folder.FullName, "couplings.db");
        await using var provider = Provider(Whole.Replace("<path>", file));

        var engine = provider.GetRequiredService<SyncEngine>();

        engine.Scope.Name.Should().Be("ours");
        engine.Mappings["VENDOR"].IsEnabled.Should().BeFalse();
        engine.Mappings["CUSTOMER"].IsEnabled.Should().BeTrue();
        provider.GetRequiredService<BusinessCentralConnector>().Identity.Should().Contain("bc.example.com").And.EndWith("cronus");
        provider.GetRequiredService<WebApiConnector>().Identity.Should().Contain("org.crm4.dynamics.com");
        File.Exists(file).Should().BeFalse("nothing is opened before the first call");
        var entries = await provider.GetRequiredService<JobQueue>().ListAsync();
        File.Exists(file).Should().BeTrue();
        entries.Single(entry => entry.Name == "CURRENCY").Kind.Should().Be(SyncJobKind.Full);
        await provider.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public void The_entry_of_a_mapping_has_what_the_default_entry_has_unless_it_says_otherwise()
    {
        using var provider = Provider(Whole);

        var options = provider.GetRequiredService<Microsoft.Extensions.Options.IOptions<JobQueueOptions>>().Value;

        options.JobRetention.Should().BeNull();
        options.Default.Interval.Should().Be(TimeSpan.FromMinutes(10));
        options.Entries.Select(entry => (entry.Mapping, entry.Interval, entry.Cron, entry.MaximumAttempts)).Should().BeEquivalentTo(
        [
            ("customer", TimeSpan.FromMinutes(2), (string?)null, 3),
            ("CURRENCY", TimeSpan.FromMinutes(10), "0 30 2 * * ?", 3),
        ]);
    }

    [Fact]
    public void The_numbers_of_Business_Central_are_one_setting()
    {
        using var provider = Provider("""{ "Sync": { "jobQueue": { "businessCentralDefaults": true, "entries": { "SALESPEOPLE": {}, "CUSTOMER": { "inactivityTimeout": "00:00:00" } } } } }""");

        var options = provider.GetRequiredService<Microsoft.Extensions.Options.IOptions<JobQueueOptions>>().Value;

        options.Default.InactivityTimeout.Should().Be(TimeSpan.FromMinutes(720));
        options.Entries.Should().ContainSingle(entry => entry.Mapping == "CUSTOMER").Which.InactivityTimeout.Should().BeNull();
    }

    [Fact]
    public async Task A_section_with_the_addresses_of_emulators_synchronizes_them()
    {
        await using var local = await BusinessCentralEmulator.StartAsync();
        var company = local.AddCompany("CRONUS");
        _ = local.Table("customers", company.Id).Insert(new JsonObject { ["number"] = "10000", ["displayName"] = "Adatum" });
        await using var integration = await DataverseEmulator.StartAsync();
        await using var provider = Provider(
            $$"""
            {
              "Tokens": { "Any": "emulator" },
              "Sync": {
                "businessCentral": { "baseAddress": "{{local.BaseAddress}}", "company": "CRONUS", "accessTokenFrom": "Tokens:Any" },
                "dataverse": { "environmentUrl": "{{integration.BaseAddress}}", "accessTokenFrom": "Tokens:Any" },
                "store": { "kind": "InMemory" },
                "mappings": { "CUSTOMER": { "localTable": "customers", "integrationTable": "account", "synchronizesOnlyCoupledRecords": "false",
                  "fields": [ { "localField": "displayName", "integrationField": "name" } ] } }
              }
            }
            """);

        var jobs = await provider.GetRequiredService<SyncEngine>().SynchronizeFullAsync();

        jobs.Should().ContainSingle().Which.Counters.Inserted.Should().Be(1);
        integration.Table("account").Count.Should().Be(1);
    }

    [Fact]
    public void The_code_sets_up_what_the_section_does_not_have()
    {
        using var provider = Provider(
            """{ "Sync": { "mappings": { "CUSTOMER": { "isEnabled": "false" } } } }""",
            sync => sync.UseInMemoryStore()
                .UseLocal(_ => new InMemoryConnector())
                .UseIntegration(_ => new InMemoryConnector())
                .AddStandardMappings());

        provider.GetRequiredService<SyncEngine>().Mappings["CUSTOMER"].IsEnabled.Should().BeFalse();
    }

    [Fact]
    public void A_connector_without_a_token_takes_the_credential_of_the_container()
    {
        const string Section = """{ "Sync": { "dataverse": { "environmentUrl": "https://org.crm4.dynamics.com" } } }""";
        using var provider = Provider(Section, services: services => services.AddSingleton<TokenCredential>(new AnyCredential()));

        provider.GetRequiredService<WebApiConnector>().Should().NotBeNull();
    }

    [Fact]
    public async Task Two_sections_set_up_two_engines()
    {
        const string Engine = """{ "store": { "kind": "InMemory" }, "engine": { "scope": "<scope>" } }""";
        var configuration = Read($$"""{ "A": {{Engine.Replace("<scope>", "first")}}, "B": {{Engine.Replace("<scope>", "second")}} }""");
        var services = new ServiceCollection();
        foreach (var name in new[] { "A", "B" })
        {
            _ = services.AddDataverseSync(name, configuration.GetSection(name), sync => sync
                .UseLocal(_ => new InMemoryConnector()).UseIntegration(_ => new InMemoryConnector()));
        }

        await using var provider = services.BuildServiceProvider();

        provider.GetRequiredKeyedService<SyncEngine>("A").Scope.Name.Should().Be("first");
        provider.GetRequiredKeyedService<SyncEngine>("B").Scope.Name.Should().Be("second");
    }

    private sealed class AnyCredential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new("token", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(
            TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}
