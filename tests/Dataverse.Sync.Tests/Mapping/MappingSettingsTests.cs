using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Mapping;

/// <summary>The mistakes of a mapping that need no schema to be seen.</summary>
public sealed class MappingSettingsTests
{
    private static readonly IntegrationTableMapping Valid =
        new IntegrationTableMappingBuilder("CUSTOMER").Between("customers", "account").Field("displayName", "name")
            .Build();

    [Fact]
    public void Mapping_of_the_builder_is_accepted() => MappingSettingsValidator.FindProblems(Valid).Should().BeEmpty();

    [Fact]
    public void Mapping_refuses_an_undefined_direction() =>
        Refuses(
            Valid with { Direction = (SyncDirection)9 },
            "the direction is 9; it must be a value of SyncDirection.");

    [Fact]
    public void Mapping_refuses_an_undefined_update_conflict_policy() => Refuses(
        Valid with { UpdateConflictPolicy = (UpdateConflictPolicy)9 },
        "the update-conflict policy is 9; it must be a value of UpdateConflictPolicy.");

    [Fact]
    public void Mapping_refuses_an_undefined_deletion_policy() =>
        Refuses(
            Valid with { DeletionPolicy = (DeletionPolicy)9 },
            "the deletion policy is 9; it must be a value of DeletionPolicy.");

    [Theory]
    [InlineData(2, "2")]
    [InlineData(-0.5, "-0.5")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void Mapping_refuses_a_maximum_deletion_share_that_is_no_share(double share, string shown) =>
        Refuses(
            Valid with { MaximumDeletionShare = share },
            $"the maximum deletion share is {shown}; it must be from 0 to 1.");

    [Fact]
    public void Mapping_refuses_a_negative_deletion_scan_interval() => Refuses(
        Valid with { DeletionScanInterval = TimeSpan.FromDays(-1) },
        "the deletion scan interval is -1.00:00:00; it must be at least 00:00:00.");

    [Fact]
    public void Mapping_refuses_a_null_retry_policy() =>
        Refuses(Valid with { RetryPolicy = null! }, "the retry policy is null; it must be set.");

    [Fact]
    public void Mapping_refuses_a_negative_first_retry_delay() => Refuses(
        Valid with { RetryPolicy = new() { FirstDelay = TimeSpan.FromSeconds(-1) } },
        "the retry policy's first delay is -00:00:01; it must be at least 00:00:00.");

    [Fact]
    public void Mapping_refuses_a_longest_retry_delay_that_is_negative_or_ends_after_the_calendar()
    {
        Refuses(
            Valid with { RetryPolicy = new() { LongestDelay = TimeSpan.FromSeconds(-1) } },
            "the retry policy's longest delay is -00:00:01; it must be from 00:00:00 to 3650.00:00:00.");
        Refuses(
            Valid with { RetryPolicy = new() { LongestDelay = TimeSpan.FromDays(3651) } },
            "the retry policy's longest delay is 3651.00:00:00; it must be from 00:00:00 to 3650.00:00:00.");
    }

    [Fact]
    public void Mapping_refuses_a_first_retry_delay_that_exceeds_the_longest() => Refuses(
        Valid with { RetryPolicy = new() { FirstDelay = TimeSpan.FromHours(2), LongestDelay = TimeSpan.FromHours(1) } },
        "the retry policy's first delay is 02:00:00; it must not exceed the longest, 01:00:00.");

    [Fact]
    public void Mapping_refuses_a_negative_number_of_identical_failures() => Refuses(
        Valid with { RetryPolicy = new() { SkipAfterIdenticalFailures = -1 } },
        "the retry policy's number of identical failures is -1; it must be at least 0.");

    [Fact]
    public void Mapping_refuses_an_undefined_direction_of_a_field() => Refuses(
        Valid with
        {
            Fields = [new FieldMapping { LocalField = "a", IntegrationField = "b", Direction = (SyncDirection)9 }],
        },
        "the direction of field mapping 'a>b' is 9; it must be a value of SyncDirection.");

    [Fact]
    public void Mapping_refuses_a_field_mapping_with_an_empty_key() => Refuses(
        Valid with { Fields = [new CustomFieldMapping(default, "displayName", "name")] },
        "the key of the field mapping between 'displayName' and 'name' is ''; it must not be empty.");

    [Fact]
    public void Mapping_refuses_a_match_group_without_fields() => Refuses(
        Valid with { MatchGroups = [new([new("displayName", "name")]), new([])] },
        "the number of fields of match group 2 is 0; it must be at least 1.");

    [Fact]
    public void Mapping_refuses_a_match_group_without_names() => Refuses(
        Valid with { MatchGroups = [new([new(null!, ""), null!])] },
        "the fields of match group 1[1] is null; it must be set.",
        "a local field of match group 1 is null; it must not be empty.",
        "an integration column of match group 1 is ''; it must not be empty.");

    private static void Refuses(IntegrationTableMapping mapping, params string[] problems) =>
        MappingSettingsValidator.FindProblems(mapping)
            .Should().Equal(problems.Select(problem => $"Mapping 'CUSTOMER': {problem}"));
}
