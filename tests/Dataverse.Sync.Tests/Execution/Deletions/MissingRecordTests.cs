using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution;

/// <summary>Records that disappear from every list are gone, or hidden; and one run concludes little from many.</summary>
public sealed class MissingRecordTests
{
    public static TheoryData<DeletionPolicy> Policies() =>
        [DeletionPolicy.DeleteRecord, DeletionPolicy.RestoreRecords, DeletionPolicy.RemoveCoupling];

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task A_hidden_row_is_an_issue_and_not_a_deletion(DeletionPolicy policy)
    {
        using var crm = NewFixture(policy);
        var (customer, account) = await crm.NewPairAsync();
        crm.Accounts.Hide(account);
        crm.Customers.Update(customer, ("displayName", "Edited"));

        _ = await crm.ModifiedAsync();
        crm.Later();
        _ = await crm.FullAsync();

        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 1));
        (await crm.CouplingOfAsync(customer)).Should().NotBeNull();
        (await crm.FailuresAsync()).Should().ContainSingle()
            .Which.Error.Code.Should().Be(SyncErrorCodes.RecordHidden);
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task A_row_that_is_visible_again_takes_its_edits(DeletionPolicy policy)
    {
        using var crm = NewFixture(policy);
        var (customer, account) = await crm.NewPairAsync();
        crm.Accounts.Hide(account);
        crm.Customers.Update(customer, ("displayName", "Edited"));
        _ = await crm.FullAsync();
        crm.Time.Advance(TimeSpan.FromDays(1));

        crm.Accounts.Show(account);
        _ = await crm.ModifiedAsync();

        crm.Name(account).Should().Be("Edited");
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task One_request_asks_for_all_suspects_and_none_is_sent_without_any(DeletionPolicy policy)
    {
        using var crm = NewFixture(policy);
        var accounts = await NewPairsAsync(crm, 30);
        _ = await crm.FullAsync();
        var idle = crm.Integration.Calls[InMemoryOperation.Probe];
        crm.Accounts.Delete(accounts[0]);
        crm.Accounts.Delete(accounts[1]);
        crm.Later();

        _ = await crm.FullAsync();

        (idle, crm.Integration.Calls[InMemoryOperation.Probe]).Should().Be((0, 1));
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task Sixty_rows_hidden_for_two_runs_change_nothing(DeletionPolicy policy)
    {
        using var crm = NewFixture(policy);
        var accounts = await NewPairsAsync(crm, 60);
        accounts.ForEach(crm.Accounts.Hide);

        var first = await crm.FullAsync();
        crm.Later();
        var second = await crm.FullAsync();

        (first.Status, second.Status).Should().Be((SyncJobStatus.Stopped, SyncJobStatus.Stopped));
        (crm.Customers.Count, crm.Accounts.Count).Should().Be((60, 60));
        (await crm.CouplingsAsync()).Should().HaveCount(60);
    }

    [Theory]
    [InlineData(8, 8, false)]
    [InlineData(8, 5, false)]
    [InlineData(8, 4, true)]
    [InlineData(1, 1, true)]
    [InlineData(2, 2, false)]
    [InlineData(30, 10, true)]
    [InlineData(30, 11, false)]
    [InlineData(200, 20, true)]
    [InlineData(200, 21, false)]
    public async Task The_fuse_of_a_small_table_is_half_of_it(int pairs, int deleted, bool isAllowed)
    {
        foreach (var policy in new[] { DeletionPolicy.DeleteRecord, DeletionPolicy.RestoreRecords, DeletionPolicy.RemoveCoupling })
        {
            using var crm = NewFixture(policy);
            var accounts = await NewPairsAsync(crm, pairs);
            accounts.Take(deleted).ToList().ForEach(crm.Accounts.Delete);

            var job = await crm.FullAsync();

            job.Status.Should().Be(isAllowed ? SyncJobStatus.Finished : SyncJobStatus.Stopped);
            var done = policy switch
            {
                DeletionPolicy.DeleteRecord => pairs - crm.Customers.Count,
                DeletionPolicy.RestoreRecords => crm.Accounts.Count - (pairs - deleted),
                _ => pairs - (await crm.CouplingsAsync()).Count,
            };
            done.Should().Be(isAllowed ? deleted : 0, $"the policy is {policy}");
        }
    }

    [Fact]
    public async Task A_person_may_allow_more()
    {
        using var crm = NewFixture(DeletionPolicy.RestoreRecords);
        var accounts = await NewPairsAsync(crm, 8);
        accounts.ForEach(crm.Accounts.Delete);

        _ = await crm.FullAsync(new() { AllowsMassDeletion = true });

        crm.Accounts.Count.Should().Be(8);
    }

    // Deletions of a side that the mapping does not read are found by scans only.
    private static EngineFixture NewFixture(DeletionPolicy policy) => new(new FixtureOptions
    {
        Customer = mapping => mapping.OnDeletion(policy).Direction(
            policy == DeletionPolicy.DeleteRecord ? SyncDirection.Bidirectional : SyncDirection.ToIntegrationTable),
    });

    private static async Task<List<Guid>> NewPairsAsync(EngineFixture crm, int count)
    {
        for (var number = 1; number <= count; number++)
        {
            _ = crm.Customers.Insert(("displayName", $"Customer {number}"));
        }

        await crm.ConvergeAsync();
        return [.. (await crm.CouplingsAsync()).Select(coupling => coupling.IntegrationId)];
    }
}
