using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution;

/// <summary>A preview shows the writes of the run that would follow, and writes nothing: to no system, no store, and no job log.</summary>
public sealed class PreviewTests
{
    [Theory]
    [InlineData(SyncJobKind.Full)]
    [InlineData(SyncJobKind.Modified)]
    public async Task I14_Preview_shows_the_writes_of_the_run_and_changes_nothing(SyncJobKind kind)
    {
        using var crm = new EngineFixture();
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("displayName", "Ours"));
        crm.Accounts.Update(account, ("creditlimit", 9m));
        _ = crm.Accounts.Insert(("name", "Fabrikam"));
        crm.Store.Clear();

        var preview = await PreviewAsync(crm, kind);
        var job = kind == SyncJobKind.Full ? await crm.FullAsync() : await crm.ModifiedAsync();

        preview.Jobs
            .Should().ContainSingle()
            .Which.Should().BeEquivalentTo(new { job.Key, job.Kind, job.Status, job.Counters });
        preview.Operations.Should().HaveCount(kind == SyncJobKind.Full ? 4 : 3).And.OnlyContain(operation => operation.Mapping == "CUSTOMER");
        preview.Operations.Select(Shown).Should().BeEquivalentTo(Written(crm));
        preview.Errors.Should().BeEmpty();
    }

    [Fact]
    public async Task I14_Preview_of_a_busy_state_names_the_operations_of_the_run()
    {
        using var crm = new EngineFixture(mapping =>
            mapping.OnDeletion(DeletionPolicy.DeleteRecord).MaximumDeletionShare(1));
        var random = new Random(11);
        _ = crm.Users.Insert(("fullname", "Jim Olive"), ("internalemailaddress", "jo@contoso.com"));
        Enumerable.Range(0, 30).ToList().ForEach(_ => RandomEdits.Edit(crm, random));
        await crm.ConvergeAsync();
        Enumerable.Range(0, 30).ToList().ForEach(_ => RandomEdits.Edit(crm, random));
        _ = crm.Users.Insert(("fullname", "Otis Falls"), ("internalemailaddress", "of@contoso.com"));
        crm.Store.Clear();

        var preview = await crm.Engine.PreviewAsync(SyncJobKind.Full);
        await AssertUntouchedAsync(crm, jobs: 4);
        var jobs = await crm.Engine.SynchronizeFullAsync();

        preview.Jobs.Select(job => (job.Key, job.Counters)).Should().Equal(jobs.Select(job => (job.Key, job.Counters)));
        preview.Operations.Select(Shown).Should().BeEquivalentTo(Written(crm));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public async Task I14_Preview_finds_the_records_that_it_pretends_to_create(int pageSize)
    {
        using var crm = new EngineFixture(new FixtureOptions
        {
            Customer = mapping => mapping.MatchOn("displayName", "name"),
            IntegrationTable = table => table with { PageSize = pageSize },
        });
        _ = crm.Accounts.Insert(("name", "Adatum"));
        _ = crm.Accounts.Insert(("name", "ADATUM"));
        _ = crm.Accounts.Insert(("name", "Other"));

        var preview = await crm.Engine.PreviewAsync("CUSTOMER", SyncJobKind.Full);
        var job = await crm.FullAsync();

        preview.Jobs[0].Counters.Should().Be(job.Counters);
        preview.Operations.Count(operation => operation.Kind == WriteKind.Insert).Should().Be(crm.Customers.Count);
    }

    [Fact]
    public async Task Preview_of_one_mapping_leaves_the_others_out()
    {
        using var crm = new EngineFixture();
        _ = crm.Users.Insert(("fullname", "Jim Olive"), ("internalemailaddress", "jo@contoso.com"));
        _ = crm.Customers.Insert(("displayName", "Adatum"));

        var one = await crm.Engine.PreviewAsync("customer", SyncJobKind.Full);
        var all = await crm.Engine.PreviewAsync(SyncJobKind.Full);

        one.Jobs.Select(job => job.Key.Mapping).Should().Equal("CUSTOMER");
        one.Operations.Select(operation => (operation.Mapping, operation.Side, operation.Table, operation.Kind))
            .Should().Equal(("CUSTOMER", SyncSide.Integration, "account", WriteKind.Insert));
        all.Jobs.Select(job => job.Key.Mapping).Should().Equal("SALESPERSON", "CUSTOMER");
        all.Operations.Select(operation => operation.Mapping).Should().Equal("SALESPERSON", "CUSTOMER");
    }

    [Fact]
    public async Task Preview_shows_a_value_that_only_a_real_insert_creates_as_new()
    {
        using var crm = new EngineFixture();
        var user = crm.Users.Insert(("fullname", "Jim Olive"), ("internalemailaddress", "jo@contoso.com")).Id;
        _ = crm.Accounts.Insert(("name", "Fabrikam"), ("ownerid", FieldValue.Reference(user, "systemuser")));

        var preview = await crm.Engine.PreviewAsync(SyncJobKind.Full);

        preview.Operations.Should().HaveCount(3);
        preview.Operations[1].Fields.Should().Contain(new FieldWrite("salespersonCode", FieldValue.Text("(new)")));
        preview.Operations[2].Fields.Should().Equal(new FieldWrite("accountnumber", FieldValue.Text("(new)")));
        preview.Errors.Should().BeEmpty();
    }

    [Fact]
    public async Task Preview_resolves_the_writes_that_an_earlier_run_left_open_and_keeps_them_journaled()
    {
        using var crm = new EngineFixture();
        var landed = crm.Customers.Insert(("displayName", "Landed")).Id;
        var lost = crm.Customers.Insert(("displayName", "Lost")).Id;
        crm.Integration.Faults.FailWrites(InMemoryWriteFault.AnswerLost, InMemoryWriteFault.RequestLost);
        _ = await crm.Engine.SynchronizeRecordsAsync("CUSTOMER", SyncSide.Local, [landed, lost]);
        var open = await crm.IntentsAsync();
        crm.Later();
        crm.ResetCounters();
        crm.Store.Clear();

        var preview = await PreviewAsync(crm, SyncJobKind.Modified);
        var left = await crm.IntentsAsync();
        _ = await crm.ModifiedAsync();

        open.Should().HaveCount(2);
        left.Should().BeEquivalentTo(open);
        preview.Operations.Should().ContainSingle().Which.Kind.Should().Be(WriteKind.Insert);
        preview.Operations.Select(Shown).Should().BeEquivalentTo(Written(crm));
        (await crm.IntentsAsync()).Should().BeEmpty();
        (crm.Customers.Count, crm.Accounts.Count).Should().Be((2, 2));
    }

    [Fact]
    public async Task Preview_names_the_records_that_would_fail_and_stores_no_failure()
    {
        using var crm = new EngineFixture();
        var user = crm.Users.Insert(("fullname", "Jim Olive"), ("internalemailaddress", "jo@contoso.com")).Id;
        var account = crm.Accounts.Insert(("name", "Fabrikam"), ("ownerid", FieldValue.Reference(user, "systemuser")))
            .Id;

        var preview = await PreviewAsync(crm, SyncJobKind.Full);

        preview.Operations.Should().BeEmpty();
        preview.Jobs[0].Counters.Should().Be(new SyncCounters { Failed = 1 });
        preview.Errors.Should().ContainSingle().Which.Should().BeEquivalentTo(new
        {
            JobId = preview.Jobs[0].Id,
            Record = new RecordKey(SyncSide.Integration, account),
            Error = new { Code = SyncErrorCodes.ReferenceNotCoupled, Field = "salespersonCode>ownerid" },
        });
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Preview_shows_conflicts_and_records_none()
    {
        using var crm = new EngineFixture();
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("displayName", "Ours"));
        crm.Accounts.Update(account, ("name", "Theirs"));
        crm.Store.Clear();

        var preview = await PreviewAsync(crm, SyncJobKind.Modified);

        preview.Jobs[0].Counters.Should().Be(new SyncCounters { Conflicted = 1 });
        preview.Operations.Should().BeEmpty();
        (await crm.ConflictsAsync(includeResolved: true)).Should().BeEmpty();
    }

    [Fact]
    public async Task Preview_shows_deletions_and_deletes_nothing()
    {
        using var crm = new EngineFixture(mapping => mapping.OnDeletion(DeletionPolicy.DeleteRecord));
        var (customer, account) = await crm.NewPairAsync();
        crm.Accounts.Delete(account);
        crm.Store.Clear();

        var preview = await PreviewAsync(crm, SyncJobKind.Modified);

        preview.Operations.Select(operation => (operation.Side, operation.Kind, operation.RecordId))
            .Should().Equal((SyncSide.Local, WriteKind.Delete, customer));
        crm.Customers.Find(customer).Should().NotBeNull();
    }

    [Fact]
    public async Task Preview_follows_the_options_of_the_run()
    {
        using var crm = new EngineFixture();
        _ = crm.Customers.Insert(("displayName", "Adatum"));

        var preview = await crm.Engine.PreviewAsync("CUSTOMER", SyncJobKind.Full, new() { OnlyCoupledRecords = true });

        preview.Operations.Should().BeEmpty();
        preview.Jobs[0].Counters.Should().Be(new SyncCounters { Skipped = 1 });
    }

    [Fact]
    public async Task Preview_does_not_wait_for_a_run_that_holds_the_mapping()
    {
        using var crm = new EngineFixture();
        _ = crm.Customers.Insert(("displayName", "Adatum"));
        _ = await crm.Memory.TryAcquireLeaseAsync(
            new(crm.Engine.Scope.Name, "CUSTOMER"),
            "another",
            TimeSpan.FromHours(1),
            default);

        var preview = await PreviewAsync(crm, SyncJobKind.Full);

        preview.Operations.Should().ContainSingle();
    }

    [Fact]
    public async Task I14_Preview_calls_every_member_of_a_rule_but_the_last()
    {
        var rule = new TestRule();
        var previews = new List<bool>();
        rule.Transfer = arguments => previews.Add(arguments.Run.IsPreview);
        using var crm = new EngineFixture(new FixtureOptions { Rules = [rule] });
        _ = crm.Customers.Insert(("displayName", "Adatum"));

        _ = await PreviewAsync(crm, SyncJobKind.Full);

        rule.Calls.Should().Contain("before").And.NotContain("after");
        previews.Should().Equal(true);
    }

    [Theory]
    [InlineData(SyncJobKind.Records)]
    [InlineData(SyncJobKind.Coupling)]
    [InlineData(SyncJobKind.Uncoupling)]
    [InlineData((SyncJobKind)99)]
    public async Task Preview_refuses_other_kinds_than_modified_and_full(SyncJobKind kind)
    {
        using var crm = new EngineFixture();

        var all = () => crm.Engine.PreviewAsync(kind);
        var one = () => crm.Engine.PreviewAsync("CUSTOMER", kind);

        (await all.Should().ThrowAsync<ArgumentOutOfRangeException>()).Which.ParamName.Should().Be("kind");
        await one.Should().ThrowAsync<ArgumentOutOfRangeException>();
        (crm.Local.Calls.Total + crm.Integration.Calls.Total, crm.Store.Calls).Should().Be((0, 0));
    }

    [Fact]
    public async Task Preview_of_an_unknown_mapping_names_it()
    {
        using var crm = new EngineFixture();

        var preview = () => crm.Engine.PreviewAsync("NOTHING", SyncJobKind.Full);

        await preview.Should().ThrowAsync<SyncConfigurationException>().WithMessage("*'NOTHING'*");
    }

    private static async Task<SyncPreview> PreviewAsync(EngineFixture crm, SyncJobKind kind)
    {
        var jobs = (await JobsAsync(crm)).Count;
        var preview = await crm.Engine.PreviewAsync("CUSTOMER", kind);
        await AssertUntouchedAsync(crm, jobs);
        return preview;
    }

    private static async Task AssertUntouchedAsync(EngineFixture crm, int jobs)
    {
        (crm.Writes, crm.Store.Commits.Count).Should().Be((0L, 0));
        (await JobsAsync(crm)).Should().HaveCount(jobs);
    }

    private static ValueTask<IReadOnlyList<SyncJob>> JobsAsync(EngineFixture crm) =>
        crm.JobLog.ListAsync(crm.Engine.Scope.Name, null, 100, default);

    private static IEnumerable<string> Written(EngineFixture crm) =>
        crm.Local.Writes.Concat(crm.Integration.Writes).Select(write => Shown(write.Table, write.Kind, write.Fields));

    private static string Shown(PlannedOperation operation) => Shown(operation.Table, operation.Kind, operation.Fields);

    private static string Shown(string table, WriteKind kind, IEnumerable<FieldWrite> fields) =>
        $"{table} {kind} {string.Join(',', fields.Select(write => $"{write.Field}={(IsAssigned(kind, write) ? "(new)" : write.Value)}"))}";

    // A number travels back from a record that the run itself creates.
    private static bool IsAssigned(WriteKind kind, FieldWrite write) =>
        kind == WriteKind.Update && write.Field == "accountnumber";
}
