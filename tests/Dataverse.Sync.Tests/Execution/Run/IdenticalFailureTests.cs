using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution;

/// <summary>Which refusals count as the same: their texts are compared without what varies.</summary>
public sealed class IdenticalFailureTests
{
    [Theory]
    [InlineData("Request 7c9e6679-7425-40de-944b-e07fc1f90ae7 failed.", "Request abcdefab-cdef-abcd-efab-cdefabcdefab failed.", true)]
    [InlineData("CorrelationId: deadbeef", "CorrelationId: 0badcafe", true)]
    [InlineData("At 2026-03-01T08:00:00.123Z (took 00:00:01.5).", "At 2026-03-02T09:10:11Z (took 12ms).", true)]
    [InlineData("The length is '22'.", "The length is \"103\".", true)]
    [InlineData("The record C00010 is locked.", "The record C00011 is locked.", true)]
    [InlineData("The trace is 00-4bf92f3577b34da6-00f067aa0ba902b7-01.", "The trace is 00-aaaaaaaaaaaaaaaa-bbbbbbbbbbbbbbbb-01.", true)]
    [InlineData("Column 'address1_city' is too long.", "Column 'address2_city' is too long.", false)]
    [InlineData("Field Address2 is required.", "Field Address3 is required.", false)]
    [InlineData("The name is required.", "The number is required.", false)]
    public async Task Two_refusals_are_the_same_if_only_ids_times_and_numbers_differ(string first, string second, bool areSame)
    {
        using var crm = new EngineFixture();
        var attempts = await FailAsync(crm, WriteStatus.Rejected, first, second);

        attempts.Should().Equal(1, areSame ? 2 : 1);
    }

    [Theory]
    [InlineData(WriteStatus.Transient, RecordFailureState.Failed)]
    [InlineData(WriteStatus.Rejected, RecordFailureState.Skipped)]
    public async Task A_passing_failure_is_never_left_to_a_person(WriteStatus status, RecordFailureState state)
    {
        using var crm = new EngineFixture(mapping => mapping.Retry(new() { SkipAfterIdenticalFailures = 2 }));

        _ = await FailAsync(crm, status, "Busy.", "Busy.", "Busy.");

        (await crm.FailuresAsync()).Should().ContainSingle().Which.State.Should().Be(state);
    }

    private static async Task<List<int>> FailAsync(EngineFixture crm, WriteStatus status, params string[] texts)
    {
        _ = crm.Customers.Insert(("displayName", "Adatum"));
        var attempts = new List<int>();
        var target = new HookedConnector(crm.Integration);
        using var engine = crm.EngineOver(target);
        foreach (var text in texts)
        {
            target.OnWrite = (batch, _) => Task.FromResult<IReadOnlyList<WriteResult>>(
                [.. batch.Operations.Select(_ => new WriteResult { Status = status, Error = new("X1", text) })]);
            _ = await engine.SynchronizeTableAsync("CUSTOMER");
            attempts.AddRange((await crm.FailuresAsync()).Select(failure => failure.Attempts));
            crm.Later();
        }

        return attempts;
    }
}
