using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution.Matching;

/// <summary>What a person uncoupled stays uncoupled until a person couples it again.</summary>
public sealed class UncoupledPairTests
{
    [Fact]
    public async Task Runs_of_modified_records_leave_an_uncoupled_pair_alone()
    {
        using var crm = new EngineFixture();
        var customer = await UncoupledAsync(crm);

        _ = await crm.ModifiedAsync();
        crm.Later();
        _ = await crm.ModifiedAsync();

        (await crm.CouplingOfAsync(customer)).Should().BeNull();
        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 1));
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData(SyncSide.Local)]
    [InlineData(SyncSide.Integration)]
    public async Task An_edit_of_one_of_them_lists_it_as_doubtful(SyncSide side)
    {
        using var crm = new EngineFixture();
        var customer = await UncoupledAsync(crm);
        _ = side == SyncSide.Local
            ? crm.Customers.Update(customer, ("displayName", "Edited"))
            : crm.Accounts.Update(crm.Accounts.Records[0].Id, ("name", "Edited"));

        var job = await crm.ModifiedAsync();

        job.Counters.Should().Be(new SyncCounters { Doubtful = 1 });
        var failure = (await crm.FailuresAsync()).Should().ContainSingle().Subject;
        (failure.Record.Side, failure.State, failure.Error.Code)
            .Should().Be((side, RecordFailureState.Doubtful, SyncErrorCodes.Uncoupled));
        failure.Candidates.Should().ContainSingle().Which.Record.Side.Should().Be(side.Opposite());
        (crm.Customers.Count, crm.Accounts.Count, crm.Writes).Should().Be((1, 1, 0));
    }

    [Theory]
    [InlineData(SyncSide.Local)]
    [InlineData(SyncSide.Integration)]
    public async Task A_record_that_was_hidden_for_a_time_is_not_coupled_again(SyncSide hidden)
    {
        using var crm = new EngineFixture(mapping => mapping.MatchOn("displayName", "name"));
        var customer = await UncoupledAsync(crm);
        var (table, id) = hidden == SyncSide.Local ? (crm.Customers, customer) : (crm.Accounts, crm.Accounts.Records[0].Id);
        _ = await crm.Engine.SynchronizeRecordAsync("CUSTOMER", hidden, id);
        table.Hide(id);
        crm.Later();
        _ = await crm.ModifiedAsync(new() { RetriesAllFailures = true });
        _ = await crm.FullAsync();
        table.Show(id);
        crm.Later();
        _ = hidden == SyncSide.Local
            ? crm.Customers.Update(id, ("creditLimit", 5m))
            : crm.Accounts.Update(id, ("creditlimit", 5m));

        _ = await crm.ModifiedAsync();

        (await crm.CouplingsAsync()).Should().BeEmpty();
        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 1));
    }

    [Theory]
    [InlineData(SyncJobKind.Full)]
    [InlineData(SyncJobKind.Coupling)]
    public async Task A_full_run_and_matching_list_them_as_doubtful(SyncJobKind kind)
    {
        using var crm = new EngineFixture();
        var customer = await UncoupledAsync(crm);

        _ = kind == SyncJobKind.Full ? await crm.FullAsync() : await crm.Engine.Couplings.MatchAsync("CUSTOMER");

        (await crm.CouplingOfAsync(customer)).Should().BeNull();
        (await crm.FailuresAsync()).Should().HaveCount(kind == SyncJobKind.Full ? 2 : 1)
            .And.OnlyContain(failure => failure.State == RecordFailureState.Doubtful);
        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 1));
    }

    [Fact]
    public async Task A_person_couples_them_again()
    {
        using var crm = new EngineFixture();
        var customer = await UncoupledAsync(crm);
        var account = crm.Accounts.Records[0].Id;
        crm.Customers.Update(customer, ("displayName", "Edited"));
        _ = await crm.ModifiedAsync();

        _ = await crm.Engine.Couplings.CoupleAsync("CUSTOMER", customer, account);
        crm.Later();
        _ = await crm.FullAsync();

        crm.Name(account).Should().Be("Edited");
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_person_lets_the_partner_be_created()
    {
        using var crm = new EngineFixture();
        var customer = await UncoupledAsync(crm);

        var job = await crm.Engine.Doubts.CreatePartnersAsync("CUSTOMER", SyncSide.Local, [customer]);

        job.Counters.Inserted.Should().Be(1);
        crm.Accounts.Count.Should().Be(2);
        (await crm.CouplingOfAsync(customer)).Should().NotBeNull();
    }

    [Fact]
    public async Task A_person_has_the_pair_matched_anew()
    {
        using var crm = new EngineFixture();
        var customer = await UncoupledAsync(crm);

        _ = await crm.Engine.Issues.RetryAsync("CUSTOMER", SyncSide.Local, [customer]);

        (await crm.CouplingOfAsync(customer)).Should().NotBeNull();
        (await crm.FailuresAsync()).Should().BeEmpty();
        crm.Accounts.Count.Should().Be(1);
    }

    [Theory]
    [InlineData(SyncSide.Local)]
    [InlineData(SyncSide.Integration)]
    [Trait("parity", "BC-1.1-28")]
    public async Task A_survivor_that_the_policy_uncoupled_is_not_created_again(SyncSide deleted)
    {
        using var crm = new EngineFixture(mapping => mapping.OnDeletion(DeletionPolicy.RemoveCoupling));
        var (customer, account) = await crm.NewPairAsync();
        if (deleted == SyncSide.Local)
        {
            crm.Customers.Delete(customer);
            crm.Accounts.Update(account, ("postalcode", "2000"));
        }
        else
        {
            crm.Accounts.Delete(account);
            crm.Customers.Update(customer, ("postalCode", "2000"));
        }

        _ = await crm.FullAsync();
        _ = await crm.ModifiedAsync();
        crm.Later();
        _ = await crm.FullAsync();

        (crm.Customers.Count + crm.Accounts.Count).Should().Be(1);
        (await crm.CouplingsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task What_is_remembered_about_a_record_ends_with_the_record()
    {
        using var crm = new EngineFixture();
        var customer = await UncoupledAsync(crm);
        _ = await crm.FullAsync();
        crm.Later();

        crm.Customers.Delete(customer);
        crm.Accounts.Delete(crm.Accounts.Records[0].Id);
        _ = await crm.FullAsync();

        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData(SyncJobKind.Modified)]
    [InlineData(SyncJobKind.Full)]
    [InlineData(SyncJobKind.Coupling)]
    public async Task A_record_that_was_deleted_and_restored_is_not_coupled_again(SyncJobKind kind)
    {
        using var crm = new EngineFixture(mapping => mapping.MatchOn("displayName", "name"));
        var customer = await UncoupledAsync(crm);
        var backup = crm.Local.TakeBackup();
        _ = await crm.FullAsync();
        crm.Customers.Delete(customer);
        crm.Later();
        _ = await crm.FullAsync();
        crm.Local.Restore(backup);
        crm.Customers.ExpireCheckpoints();
        crm.Later();

        _ = kind switch
        {
            SyncJobKind.Full => await crm.FullAsync(),
            SyncJobKind.Coupling => await crm.Engine.Couplings.MatchAsync("CUSTOMER"),
            _ => await crm.ModifiedAsync(),
        };

        (await crm.CouplingsAsync()).Should().BeEmpty();
        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 1));
    }

    private static async Task<Guid> UncoupledAsync(EngineFixture crm)
    {
        var (customer, _) = await crm.NewPairAsync();
        _ = await crm.Engine.Couplings.UncoupleAsync("CUSTOMER", SyncSide.Local, [customer]);
        crm.ResetCounters();
        return customer;
    }
}
