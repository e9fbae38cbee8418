using Dataverse.Sync.Hosting;
using Dataverse.Sync.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using static Dataverse.Sync.Configuration.Tests.ConfiguredServices;

namespace Dataverse.Sync.Configuration.Tests;

/// <summary>What is wrong with a section comes in one message at the start, each problem with its key.</summary>
public sealed class ProblemTests
{
    [Fact]
    public void All_problems_of_all_parts_come_in_one_message()
    {
        using var provider = Provider(
            """
            {
              "Secrets": { "Empty": "" },
              "Sync": {
                "businessCentral": { "baseAddress": "https://bc.example.com/api/v2.0", "company": "CRONUS", "accessTokenFrom": "Secrets:Missing",
                  "pageSise": 10, "batchSize": "many" },
                "dataverse": { "environmentUrl": "https://org.crm4.dynamics.com", "accessTokenFrom": "Secrets:Empty", "requestTimeout": "soon" },
                "store": { "path": "couplings.db" },
                "engine": { "newRecordIds": "Random" },
                "standardMappings": {},
                "jobQueue": { "checkInterval": "00:00:00", "entries": {
                  "ITEM": {}, "CUSTOMER": { "interval": "-00:10:00" }, "CURRENCY": { "cron": "never", "cronTimeZone": "Europe/Nowhere" } } },
                "password": "1234"
              }
            }
            """);

        Problems(provider).Should().BeEquivalentTo(
        [
            "Sync:businessCentral:pageSise is not a setting.",
            "Sync:businessCentral:batchSize must be a whole number.",
            "Sync:dataverse:requestTimeout must be a time such as 00:30:00.",
            "Sync:engine:newRecordIds must be one of Sequential, DerivedFromSource.",
            "Sync:JobQueue:Entries:CURRENCY:CronTimeZone names the time zone 'Europe/Nowhere', which this machine does not know.",
            "Sync:Store:Kind is missing.",
            "Sync:BusinessCentral:AccessTokenFrom names the key 'Secrets:Missing', which has no value.",
            "Sync:Dataverse:AccessTokenFrom names the key 'Secrets:Empty', which has no value.",
            "Sync:JobQueue:Entries:ITEM names a mapping that does not exist.",
            "Sync:JobQueue:Entries:CURRENCY:Cron is 'never', which is not a cron expression of six or seven fields: seconds, "
                + "minutes, hours, day of the month, month, day of the week, and a year.",
            "Sync:password is not a setting.",
            "Sync:JobQueue:Entries:CUSTOMER:Interval is -00:10:00; it must be more than zero and at most 3650 days.",
            "Sync:JobQueue:CheckInterval is 00:00:00; it must be from 00:00:00.1000000 to 1.00:00:00.",
        ]);
    }

    [Fact]
    public void A_problem_of_the_mappings_names_its_key()
    {
        using var provider = Provider(
            """{ "Sync": { "standardMappings": {}, "mappings": { "CUSTOMER": { "isEnabled": "off" } }, "jobQueue": { "entries": { "CUSTOMER": {} } } } }""",
            Memory);

        Problems(provider).Should().ContainSingle().Which.Should().StartWith("Sync:mappings:CUSTOMER:isEnabled: ");
    }

    [Fact]
    public void A_setting_outside_its_range_is_named_by_its_key()
    {
        using var provider = Provider(
            """
            {
              "Token": "token",
              "Sync": {
                "businessCentral": { "baseAddress": "https://bc.example.com/api/v2.0", "company": "CRONUS", "accessTokenFrom": "Token", "pageSize": 0 },
                "dataverse": { "environmentUrl": "http://org.crm4.dynamics.com", "accessTokenFrom": "Token", "pageSize": 0 },
                "store": { "kind": "Sqlite" }
              }
            }
            """);

        var problems = Problems(provider);

        problems.Should().Contain("Sync:BusinessCentral:PageSize is 0 but must be between 1 and 20000.");
        problems.Should().Contain(problem => problem.StartsWith("Sync:Dataverse:PageSize is 0", StringComparison.Ordinal));
        problems.Should().Contain(problem => problem.StartsWith("Sync:Dataverse: ", StringComparison.Ordinal));
        problems.Should().OnlyHaveUniqueItems();
    }

    [Theory]
    [InlineData("store", "Sqlite", "Sync:store must have members of its own.")]
    [InlineData("jobQueue", "true", "Sync:jobQueue must have members of its own.")]
    [InlineData("store:kind", "7", "Sync:store:kind must be one of InMemory, Sqlite, PostgreSql.")]
    [InlineData("dataverse:changeTracking", "7", "Sync:dataverse:changeTracking must be one of Automatic, Never.")]
    [InlineData("jobQueue:default:interval", "10", "Sync:jobQueue:default:interval must be a time such as 00:30:00.")]
    [InlineData("jobQueue:entries:CUSTOMER", "00:10:00", "Sync:jobQueue:entries:CUSTOMER must have members of its own.")]
    [InlineData("dataverse:accessTokenFrom", "Key", "Sync:Dataverse names both an AccessTokenFrom and a Credential.")]
    public void A_setting_of_another_shape_is_a_problem(string key, string value, string problem)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Key"] = "token",
            ["Sync:dataverse:environmentUrl"] = "https://org.crm4.dynamics.com",
            ["Sync:dataverse:credential"] = key.StartsWith("dataverse", StringComparison.Ordinal) ? "main" : null,
            ["Sync:store:kind"] = key == "store" ? null : "InMemory",
            [$"Sync:{key}"] = value,
        }).Build();
        var services = new ServiceCollection();
        _ = services.AddSingleton<IConfiguration>(configuration)
            .AddDataverseSync(configuration.GetSection("Sync"), sync => sync.UseLocal(_ => new InMemoryConnector()));
        using var provider = services.BuildServiceProvider();

        Problems(provider).Should().Contain(problem);
    }

    [Fact]
    public void A_setting_of_the_store_outside_its_range_is_named_by_its_key()
    {
        using var provider = Provider(
            """{ "Sync": { "store": { "kind": "Sqlite", "path": "couplings.db", "busyTimeout": "-00:00:01" } } }""",
            sync => sync.UseLocal(_ => new InMemoryConnector()).UseIntegration(_ => new InMemoryConnector()));

        Problems(provider).Should().ContainSingle().Which.Should().StartWith("Sync:Store:BusyTimeout is -00:00:01");
    }

    [Fact]
    public void An_empty_value_restores_the_default()
    {
        using var provider = Provider(
            """
            { "Sync": { "standardMappings": {}, "store": { "kind": "InMemory", "schema": "" },
              "jobQueue": { "default": { "interval": "", "cronTimeZone": "" }, "entries": { "CUSTOMER": { "cron": "", "isEnabled": "" } } } } }
            """,
            sync => sync.UseLocal(_ => new InMemoryConnector()).UseIntegration(_ => new InMemoryConnector()));

        Problems(provider).Should().BeEmpty();
        provider.GetRequiredService<IOptions<JobQueueOptions>>().Value.Default.Interval.Should().Be(TimeSpan.FromMinutes(30));
    }

    [Fact]
    public void No_problem_shows_a_value_that_may_be_a_secret()
    {
        using var provider = Provider(
            """{ "Sync": { "businessCentral": { "accessToken": "s3cret", "pageSize": "s3cret" }, "store": { "connectionString": "s3cret" } } }""");

        string.Join(' ', Problems(provider)).Should().NotContain("s3cret").And.Contain("Sync:store:connectionString is not a setting.");
    }

    [Fact]
    public void An_engine_without_a_host_tells_the_problems_of_its_section_too()
    {
        using var provider = Provider("""{ "Sync": { "engine": { "leaseDuration": "long" } } }""", Memory);

        var resolve = () => provider.GetRequiredService<SyncEngine>();

        resolve.Should().Throw<SyncConfigurationException>().Which.Problems.Should().Equal(
            "Sync:engine:leaseDuration must be a time such as 00:30:00.");
    }

    [Fact]
    public void A_section_that_does_not_exist_sets_nothing_up()
    {
        using var provider = Provider("{}", Memory);

        Problems(provider).Should().BeEmpty();
        provider.GetService<JobQueue>().Should().BeNull();
    }

    [Fact]
    public void A_key_without_a_configuration_in_the_container_is_a_problem()
    {
        var configuration = Read("""{ "Sync": { "store": { "kind": "PostgreSql", "connectionStringFrom": "ConnectionStrings:Sync" } } }""");
        var services = new ServiceCollection();
        _ = services.AddDataverseSync(configuration.GetSection("Sync"), sync => sync
            .UseLocal(_ => new InMemoryConnector()).UseIntegration(_ => new InMemoryConnector()));
        using var provider = services.BuildServiceProvider();

        Problems(provider).Should().Equal(
            "Sync:Store:ConnectionStringFrom names the key 'ConnectionStrings:Sync', but the container has no IConfiguration.");
    }

    [Fact]
    public void Two_engines_of_one_name_are_told_at_the_start()
    {
        var configuration = Read("""{ "A": { "store": { "kind": "InMemory" } }, "B": { "store": { "kind": "InMemory" } } }""");
        var services = new ServiceCollection();
        _ = services.AddDataverseSync("cronus", configuration.GetSection("A"), Memory);
        _ = services.AddDataverseSync("CRONUS", configuration.GetSection("B"), Memory);
        using var provider = services.BuildServiceProvider();

        Problems(provider).Should().Equal("Two engines are named 'CRONUS'.");
    }

    private static void Memory(SyncBuilder sync) => sync.UseInMemoryStore()
        .UseLocal(_ => new InMemoryConnector()).UseIntegration(_ => new InMemoryConnector());

    // What a host does before it starts anything.
    private static IReadOnlyList<string> Problems(IServiceProvider provider)
    {
        try
        {
            provider.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (OptionsValidationException failure)
        {
            return [.. failure.Failures];
        }
    }
}
