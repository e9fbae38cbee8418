using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution;

public sealed class HappyPathTests
{
    [Fact]
    public async Task Full_run_creates_the_partners_of_both_sides()
    {
        using var crm = new EngineFixture();
        var user = crm.Users.Insert(("fullname", "Jim Olive"), ("internalemailaddress", "jo@contoso.com"));
        var customer = crm.Customers.Insert(
            ("displayName", "Adatum"),
            ("category", "Standard"),
            ("creditLimit", 5m),
            ("taxLiable", true),
            ("balance", 7m));
        var account = crm.Accounts.Insert(
            ("name", "Fabrikam"),
            ("ownerid", FieldValue.Reference(user.Id, "systemuser")),
            ("category", 1),
            ("websiteurl", "fabrikam.com"));

        var jobs = await crm.Engine.SynchronizeFullAsync();

        jobs.Select(job => (job.Key.Mapping, job.Counters)).Should().Equal(
            ("SALESPERSON", new SyncCounters { Inserted = 1 }),
            ("CUSTOMER", new SyncCounters { Inserted = 2 }));
        var created = crm.Accounts.Find((await crm.CouplingOfAsync(customer.Id))!.IntegrationId)!;
        Texts(created, "accountnumber", "name", "category", "creditlimit", "taxliable", "balance")
            .Should().Equal("C00010", "Adatum", "2", "5", "true", "7");
        var local = crm.Customers.Find(
            (await crm.Engine.Couplings.FindAsync("CUSTOMER", SyncSide.Integration, account.Id))!.LocalId)!;
        Texts(local, "number", "displayName", "category", "website", "salespersonCode")
            .Should().Equal("C00011", "Fabrikam", "Preferred", "fabrikam.com", "SP001");
    }

    [Fact]
    public async Task Number_that_the_local_system_gave_travels_back()
    {
        using var crm = new EngineFixture();
        var account = crm.Accounts.Insert(("name", "Fabrikam"));

        await crm.ConvergeAsync();

        crm.Accounts.Find(account.Id)!["accountnumber"].AsText().Should().Be("C00010");
    }

    [Fact]
    [Trait("parity", "BC-2.1-06")]
    public async Task Edits_of_both_sides_arrive_in_one_run()
    {
        using var crm = new EngineFixture();
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("displayName", "Adatum Ltd."), ("category", "Preferred"));
        crm.Accounts.Update(account, ("creditlimit", 250m), ("websiteurl", "adatum.com"));

        var job = await crm.ModifiedAsync();

        job.Counters.Should().Be(new SyncCounters { Modified = 1 });
        Texts(crm.Accounts.Find(account)!, "name", "category", "creditlimit").Should().Equal("Adatum Ltd.", "1", "250");
        Texts(crm.Customers.Find(customer)!, "displayName", "creditLimit", "website")
            .Should().Equal("Adatum Ltd.", "250", "adatum.com");
        crm.Writes.Should().Be(2);
    }

    [Fact]
    [Trait("parity", "BC-2.1-04")]
    public async Task I2_Only_changed_fields_are_written()
    {
        using var crm = new EngineFixture();
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("creditLimit", 3m));
        crm.Accounts.Update(account, ("name", "Theirs"));

        _ = await crm.ModifiedAsync();

        crm.Integration.Writes
            .Should().ContainSingle().Which.Fields.Should().Equal(new FieldWrite("creditlimit", FieldValue.Decimal(3)));
        crm.Local.Writes
            .Should().ContainSingle()
            .Which.Fields.Should().Equal(new FieldWrite("displayName", FieldValue.Text("Theirs")));
    }

    [Fact]
    public async Task I4_Run_without_edits_reads_once_a_side_and_writes_nothing()
    {
        using var crm = new EngineFixture();
        _ = await crm.NewPairAsync();
        crm.Store.Clear();

        var job = await crm.ModifiedAsync();

        job.Counters.Should().Be(SyncCounters.None);
        (crm.Local.Calls.Total, crm.Integration.Calls.Total, crm.Writes).Should().Be((1, 1, 0));
        crm.Store.Commits.Should().BeEmpty();
    }

    [Fact]
    public async Task I4_Second_full_run_counts_every_pair_once_as_unchanged()
    {
        using var crm = new EngineFixture();
        _ = crm.Customers.Insert(("displayName", "One"));
        _ = crm.Customers.Insert(("displayName", "Two"));
        _ = crm.Accounts.Insert(("name", "Three"));
        await crm.ConvergeAsync();

        var job = await crm.FullAsync();

        job.Counters.Should().Be(new SyncCounters { Unchanged = 3 });
        crm.Writes.Should().Be(0);
    }

    [Fact]
    public async Task Conflict_is_recorded_once_and_resolved_by_a_person()
    {
        using var crm = new EngineFixture();
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("displayName", "Ours"));
        crm.Accounts.Update(account, ("name", "Theirs"));

        var job = await crm.ModifiedAsync();
        var conflict = (await crm.ConflictsAsync()).Should().ContainSingle().Subject;
        var resolved = await crm.Engine.Issues.ResolveAsync("CUSTOMER", conflict.Id, SyncSide.Integration);

        job.Counters.Should().Be(new SyncCounters { Conflicted = 1 });
        conflict.Fields
            .Should().Equal(new FieldConflict("displayName>name", FieldValue.Text("Ours"), FieldValue.Text("Theirs")));
        resolved.Counters.Should().Be(new SyncCounters { Modified = 1 });
        crm.DisplayName(customer).Should().Be("Theirs");
        crm.Name(account).Should().Be("Theirs");
        (await crm.ConflictsAsync()).Should().BeEmpty();
        (await crm.ConflictsAsync(includeResolved: true))
            .Should().ContainSingle().Which.Resolution.Should().Be(ConflictResolution.IntegrationWon);
    }

    [Fact]
    public async Task Deletion_on_the_integration_side_deletes_the_customer()
    {
        using var crm = new EngineFixture(mapping => mapping.OnDeletion(DeletionPolicy.DeleteRecord));
        var (customer, account) = await crm.NewPairAsync();
        crm.Accounts.Delete(account);

        var job = await crm.ModifiedAsync();

        job.Counters.Should().Be(new SyncCounters { Deleted = 1 });
        crm.Customers.Find(customer).Should().BeNull();
        (await crm.CouplingsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Named_record_is_synchronized_with_its_partner_whichever_was_edited()
    {
        using var crm = new EngineFixture();
        var (customer, account) = await crm.NewPairAsync();
        crm.Accounts.Update(account, ("name", "Theirs"));

        var job = await crm.Engine.SynchronizeRecordAsync("CUSTOMER", SyncSide.Local, customer);

        job.Counters.Should().Be(new SyncCounters { Modified = 1 });
        crm.DisplayName(customer).Should().Be("Theirs");
    }

    private static IEnumerable<string> Texts(TableRecord record, params string[] fields) =>
        fields.Select(field => record[field].ToString());
}
