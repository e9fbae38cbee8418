using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests;

/// <summary>The constructor of an engine refuses invalid options and names every problem.</summary>
public sealed class SyncEngineOptionsTests
{
    private static readonly SyncEngineOptions Valid = new()
    {
        Local = CrmTables.NewLocal(TimeProvider.System),
        Integration = CrmTables.NewIntegration(TimeProvider.System),
        Store = new InMemoryCouplingStore(),
        Mappings = [CrmTables.Salesperson()],
    };

    [Fact]
    public void Engine_accepts_the_defaults() => Problems(Valid).Should().BeEmpty();

    [Fact]
    public void Engine_refuses_null_options_as_an_argument()
    {
        var create = () => new SyncEngine(null!);

        create.Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public void Engine_refuses_a_null_local_connector() =>
        Problems(Valid with { Local = null! }).Should().Equal("SyncEngineOptions.Local is null; it must be set.");

    [Fact]
    public void Engine_refuses_a_null_integration_connector() =>
        Problems(Valid with { Integration = null! })
            .Should().Equal("SyncEngineOptions.Integration is null; it must be set.");

    [Fact]
    public void Engine_without_a_store_is_refused() =>
        Problems(Valid with { Store = null }).Should().ContainSingle()
            .Which.Should().StartWith("SyncEngineOptions.Store is null; it must be set.").And.Contain("InMemoryCouplingStore");

    [Fact]
    public void Engine_refuses_a_null_clock() =>
        Problems(Valid with { TimeProvider = null! })
            .Should().Equal("SyncEngineOptions.TimeProvider is null; it must be set.");

    [Fact]
    public void Engine_refuses_null_mappings() =>
        Problems(Valid with { Mappings = null! }).Should().Equal("SyncEngineOptions.Mappings is null; it must be set.");

    [Fact]
    public void Engine_refuses_a_null_mapping() =>
        Problems(Valid with { Mappings = [CrmTables.Salesperson(), null!] })
            .Should().Equal("SyncEngineOptions.Mappings[1] is null; it must be set.");

    [Fact]
    public void Engine_refuses_the_invalid_settings_of_a_mapping_together_with_its_own()
    {
        var retries = new RetryPolicy { FirstDelay = TimeSpan.FromSeconds(-1) };
        var mapping = new IntegrationTableMappingBuilder("CUSTOMER").Between("customers", "account")
            .Field("displayName", "name").MaximumDeletionShare(2).Retry(retries).Build();

        Problems(Valid with { Mappings = [mapping], UncertainWriteWindow = TimeSpan.FromDays(31) }).Should().Equal(
            "SyncEngineOptions.UncertainWriteWindow is 31.00:00:00; it must be from 00:00:01 to 30.00:00:00.",
            "Mapping 'CUSTOMER': the maximum deletion share is 2; it must be from 0 to 1.",
            "Mapping 'CUSTOMER': the retry policy's first delay is -00:00:01; it must be at least 00:00:00.");
    }

    [Fact]
    public void Engine_refuses_null_rules() =>
        Problems(Valid with { Rules = null! }).Should().Equal("SyncEngineOptions.Rules is null; it must be set.");

    [Fact]
    public void Engine_refuses_a_null_rule() =>
        Problems(Valid with { Rules = [null!] }).Should().Equal("SyncEngineOptions.Rules[0] is null; it must be set.");

    [Theory]
    [InlineData(-1, "-00:00:01")]
    [InlineData(0, "00:00:00")]
    [InlineData(0.999, "00:00:00.9990000")]
    [InlineData(86_401, "1.00:00:01")]
    public void Engine_refuses_a_lease_of_less_than_a_second_or_more_than_a_day(double seconds, string shown) =>
        Problems(Valid with { LeaseDuration = TimeSpan.FromSeconds(seconds) })
            .Should().Equal($"SyncEngineOptions.LeaseDuration is {shown}; it must be from 00:00:01 to 1.00:00:00.");

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(65)]
    public void Engine_refuses_a_number_of_concurrent_mappings_outside_its_range(int number) =>
        Problems(Valid with { MaxConcurrentMappings = number })
            .Should().Equal($"SyncEngineOptions.MaxConcurrentMappings is {number}; it must be from 1 to 64.");

    [Fact]
    public void Engine_refuses_a_negative_uncertain_write_window() =>
        Problems(Valid with { UncertainWriteWindow = TimeSpan.FromMinutes(-10) })
            .Should()
            .Equal("SyncEngineOptions.UncertainWriteWindow is -00:10:00; it must be from 00:00:01 to 30.00:00:00.");

    [Fact]
    public void Engine_refuses_an_infinite_uncertain_write_window()
    {
        Problems(Valid with { UncertainWriteWindow = Timeout.InfiniteTimeSpan }).Should().ContainSingle();
        Problems(Valid with { UncertainWriteWindow = TimeSpan.MaxValue }).Should().ContainSingle();
    }

    [Theory]
    [InlineData(null, "null")]
    [InlineData("", "''")]
    [InlineData(" ", "' '")]
    public void Engine_refuses_an_empty_scope_name(string? name, string shown) =>
        Problems(Valid with { Scope = new(name!) })
            .Should().Equal($"SyncEngineOptions.Scope.Name is {shown}; it must not be empty.");

    [Fact]
    public void Engine_refuses_a_mapping_without_a_name() =>
        Problems(Valid with { Mappings = [CrmTables.Salesperson() with { Name = "" }] })
            .Should().Equal("SyncEngineOptions.Mappings[0].Name is ''; it must not be empty.");

    [Fact]
    public void Engine_refuses_a_mapping_with_a_null_list_or_element()
    {
        var mapping = CrmTables.Salesperson() with
        {
            Fields = [null!],
            MatchGroups = null!,
            Dependencies = ["A", null!],
            Rules = [null!],
            RetryPolicy = null!,
        };

        Problems(Valid with { Mappings = [mapping] }).Should().Equal(
            "SyncEngineOptions.Mappings[0].Fields[0] is null; it must be set.",
            "SyncEngineOptions.Mappings[0].MatchGroups is null; it must be set.",
            "SyncEngineOptions.Mappings[0].Dependencies[1] is null; it must be set.",
            "SyncEngineOptions.Mappings[0].Rules[0] is null; it must be set.",
            "SyncEngineOptions.Mappings[0].RetryPolicy is null; it must be set.");
    }

    [Fact]
    public void Engine_names_every_problem_of_its_options_at_once()
    {
        var create = () => new SyncEngine(new()
        {
            Local = null!,
            Integration = null!,
            Mappings = [null!],
            Rules = null!,
            TimeProvider = null!,
            Scope = new(" "),
            LeaseDuration = TimeSpan.Zero,
            UncertainWriteWindow = TimeSpan.MinValue,
        });

        var refusal = create.Should().Throw<SyncConfigurationException>().Which;

        refusal.Problems.Should().HaveCount(9).And.OnlyHaveUniqueItems();
        refusal.Message.Should().ContainAll(refusal.Problems).And.Contain("(9 problems)");
    }

    private static IReadOnlyList<string> Problems(SyncEngineOptions options)
    {
        try
        {
            new SyncEngine(options).Dispose();
            return [];
        }
        catch (SyncConfigurationException refusal)
        {
            return refusal.Problems;
        }
    }
}
