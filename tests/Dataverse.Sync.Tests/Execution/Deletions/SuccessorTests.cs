using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution;

/// <summary>A record that is deleted and entered again under the same number keeps its partner.</summary>
public sealed class SuccessorTests
{
    public static TheoryData<SyncSide, DeletionPolicy> BothSides() => new()
    {
        { SyncSide.Local, DeletionPolicy.DeleteRecord },
        { SyncSide.Local, DeletionPolicy.RestoreRecords },
        { SyncSide.Local, DeletionPolicy.RemoveCoupling },
        { SyncSide.Local, DeletionPolicy.None },
        { SyncSide.Integration, DeletionPolicy.DeleteRecord },
        { SyncSide.Integration, DeletionPolicy.RestoreRecords },
        { SyncSide.Integration, DeletionPolicy.RemoveCoupling },
        { SyncSide.Integration, DeletionPolicy.None },
    };

    [Theory]
    [MemberData(nameof(BothSides))]
    public async Task It_takes_over_the_coupling_in_the_same_full_run(SyncSide side, DeletionPolicy policy)
    {
        using var crm = NewFixture(policy);
        var (customer, account) = await crm.NewPairAsync();
        var successor = EnterAgain(crm, side, customer, account);

        var job = await crm.FullAsync();
        crm.Later();
        _ = await crm.ModifiedAsync();

        job.Counters.Should().BeEquivalentTo(new { Inserted = 0, Deleted = 0, Failed = 0 });
        var coupling = (await crm.CouplingsAsync()).Should().ContainSingle().Subject;
        (coupling.LocalId, coupling.IntegrationId)
            .Should().Be(side == SyncSide.Local ? (successor, account) : (customer, successor));
        coupling.Base.Should().NotBeNull();
        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 1));
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(BothSides))]
    public async Task It_is_held_by_runs_of_modified_records_until_the_deletion_is_proved(
        SyncSide side, DeletionPolicy policy)
    {
        using var crm = NewFixture(policy);
        var (customer, account) = await crm.NewPairAsync();
        var successor = EnterAgain(crm, side, customer, account);

        _ = await crm.ModifiedAsync();
        crm.Time.Advance(TimeSpan.FromDays(2));
        _ = await crm.ModifiedAsync();

        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 1));
        var coupling = (await crm.CouplingsAsync()).Should().ContainSingle().Subject;
        coupling.IdOf(side).Should().Be(successor);
    }

    [Fact]
    public async Task It_is_doubtful_while_the_first_one_exists()
    {
        using var crm = NewFixture(DeletionPolicy.DeleteRecord);
        var (customer, account) = await crm.NewPairAsync();
        var number = crm.Customers.Find(customer)!["number"].AsText();
        var twin = crm.Accounts.Insert(("name", "Somebody"), ("accountnumber", number)).Id;

        _ = await crm.FullAsync();

        (await crm.CouplingOfAsync(customer))!.IntegrationId.Should().Be(account);
        (await crm.FailuresAsync()).Should().ContainSingle(failure => failure.Record.Id == twin)
            .Which.State.Should().Be(RecordFailureState.Doubtful);
        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 2));
    }

    [Fact]
    public async Task Two_successors_are_a_question_and_the_survivor_stays()
    {
        using var crm = NewFixture(DeletionPolicy.DeleteRecord);
        var (customer, account) = await crm.NewPairAsync();
        var number = crm.Customers.Find(customer)!["number"].AsText();
        crm.Accounts.Delete(account);
        _ = crm.Accounts.Insert(("name", "One"), ("accountnumber", number));
        _ = crm.Accounts.Insert(("name", "Two"), ("accountnumber", number));

        _ = await crm.FullAsync();

        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 2));
        (await crm.FailuresAsync()).Should().HaveCount(3)
            .And.OnlyContain(failure => failure.Error.Code == SyncErrorCodes.DoubtfulMatch);
    }

    [Fact]
    public async Task References_to_it_lead_to_the_record_that_took_its_place()
    {
        using var crm = new CircleFixture { Deletions = DeletionPolicy.RestoreRecords };
        crm.Insert(SyncSide.Local, ("Payer", string.Empty), ("Branch", "Payer"), ("Edited", string.Empty), ("Other", string.Empty));
        _ = await crm.Engine.SynchronizeFullAsync();
        crm.Later();
        _ = await crm.Engine.SynchronizeModifiedAsync();
        crm.Later();
        foreach (var name in new[] { "Payer", "Branch" })
        {
            crm.Accounts.Delete(crm.Accounts.Records.Single(account => account["name"].ToString() == name).Id);
            _ = crm.Accounts.Insert(("name", name), ("accountnumber", name));
        }

        // The run looks the payer up for this customer before it learns that the payer's account is gone.
        var edited = crm.Customers.Records.Single(customer => customer["displayName"].ToString() == "Edited");
        _ = crm.Customers.Update(edited.Id, ("billTo", "Payer"));

        _ = await crm.Engine.SynchronizeFullAsync("CUSTOMER");

        var payer = crm.Accounts.Records.Single(account => account["name"].ToString() == "Payer").Id;
        crm.Accounts.Records.Single(account => account["name"].ToString() == "Branch")["billtoid"].AsIdentifier().Should().Be(payer);
        crm.Accounts.Count.Should().Be(4);
    }

    private static Guid EnterAgain(EngineFixture crm, SyncSide side, Guid customer, Guid account)
    {
        var number = crm.Customers.Find(customer)!["number"].AsText();
        if (side == SyncSide.Local)
        {
            crm.Customers.Delete(customer);
            return crm.Customers.Insert(("number", number), ("displayName", "Entered again")).Id;
        }

        crm.Accounts.Delete(account);
        return crm.Accounts.Insert(("accountnumber", number), ("name", "Entered again")).Id;
    }

    private static EngineFixture NewFixture(DeletionPolicy policy) => new(mapping => mapping.OnDeletion(policy));
}
