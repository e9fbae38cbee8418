using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution;

/// <summary>The design's invariants, one by one; crashes and cancellation have classes of their own.</summary>
public sealed class InvariantTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task I1_Random_edits_of_both_sides_converge_once_they_stop(int seed)
    {
        using var crm = new EngineFixture(mapping =>
            mapping.OnUpdateConflict(UpdateConflictPolicy.NewestWins).OnDeletion(DeletionPolicy.DeleteRecord).MaximumDeletionShare(1));
        var random = new Random(seed);
        for (var round = 0; round < 6; round++)
        {
            Enumerable.Range(0, 12).ToList().ForEach(_ => RandomEdits.Edit(crm, random));
            crm.Time.Advance(TimeSpan.FromMinutes(random.Next(1, 20)));
            _ = random.Next(3) == 0 ? await crm.FullAsync() : await crm.ModifiedAsync();
        }

        await crm.ConvergeAsync();
        foreach (var conflict in await crm.ConflictsAsync())
        {
            _ = await crm.Engine.Issues.ResolveAsync("CUSTOMER", conflict.Id, SyncSide.Integration);
        }

        await crm.ConvergeAsync();

        (await crm.FailuresAsync()).Should().BeEmpty();
        var couplings = await crm.CouplingsAsync();
        (couplings.Count, couplings.Count).Should().Be((crm.Customers.Count, crm.Accounts.Count));
        foreach (var coupling in couplings)
        {
            var (customer, account) = (
                crm.Customers.Find(coupling.LocalId)!,
                crm.Accounts.Find(coupling.IntegrationId)!);
            Shown(customer, "displayName", "creditLimit", "number")
                .Should().Be(Shown(account, "name", "creditlimit", "accountnumber"));
        }

        _ = await crm.FullAsync();
        crm.Writes.Should().Be(0);
    }

    [Fact]
    public async Task I2_An_edit_made_between_read_and_write_is_merged_and_not_overwritten()
    {
        using var crm = new EngineFixture();
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("displayName", "Ours"));
        crm.Integration.Faults.BeforeCall = Once(
            InMemoryOperation.Write,
            () => crm.Accounts.Update(account, ("creditlimit", 77m)));

        var job = await crm.ModifiedAsync();

        job.Counters.Should().Be(new SyncCounters { Modified = 1 });
        crm.Name(account).Should().Be("Ours");
        crm.Customers.Find(customer)!["creditLimit"].AsDecimal().Should().Be(77);
    }

    [Fact]
    public async Task I2_A_conflicting_edit_made_between_read_and_write_becomes_a_conflict()
    {
        using var crm = new EngineFixture();
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("displayName", "Ours"));
        crm.Integration.Faults.BeforeCall = Once(
            InMemoryOperation.Write,
            () => crm.Accounts.Update(account, ("name", "Theirs")));

        var job = await crm.ModifiedAsync();

        job.Counters.Conflicted.Should().Be(1);
        (crm.DisplayName(customer), crm.Name(account)).Should().Be(("Ours", "Theirs"));
        (await crm.ConflictsAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task I13_A_record_that_keeps_changing_is_left_for_the_next_run_after_a_few_rounds()
    {
        using var crm = new EngineFixture();
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("displayName", "Ours"));
        var edits = 0;
        crm.Integration.Faults.BeforeCall = (call, _) =>
        {
            if (call.Operation == InMemoryOperation.Write)
            {
                crm.Accounts.Update(account, ("creditlimit", (decimal)++edits));
            }

            return ValueTask.CompletedTask;
        };

        var job = await crm.ModifiedAsync();
        crm.Integration.Faults.Clear();
        crm.Later();
        _ = await crm.ModifiedAsync();

        job.Counters.Failed.Should().Be(1);
        edits.Should().BeInRange(2, 5);
        crm.Name(account).Should().Be("Ours");
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task I3_A_matched_pair_that_fails_is_not_created_again_from_the_other_side()
    {
        using var crm = new EngineFixture();
        _ = crm.Customers.Insert(("number", "10000"), ("displayName", "Ours"));
        _ = crm.Accounts.Insert(("accountnumber", "10000"), ("name", "Theirs"));
        crm.Integration.Faults.OnWrite = (_, _) => InMemoryWriteFault.Rejected;

        var job = await crm.FullAsync();
        crm.Restart();
        await crm.ConvergeAsync();

        job.Counters.Should().Be(new SyncCounters { Failed = 1, Coupled = 1 });
        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 1));
        crm.Accounts.Records[0]["name"].AsText().Should().Be("Ours");
    }

    [Fact]
    public async Task I5_A_run_sees_its_own_writes_in_the_overlap_and_drops_them()
    {
        using var crm = new EngineFixture();
        var (customer, account) = await crm.NewPairAsync();
        crm.Accounts.Update(account, ("name", "Theirs"));
        _ = await crm.ModifiedAsync();
        crm.Time.Advance(TimeSpan.FromSeconds(20));
        crm.ResetCounters();

        var job = await crm.ModifiedAsync();

        job.Counters.Should().Be(SyncCounters.None);
        (crm.Local.Calls.Total, crm.Integration.Calls.Total, crm.Writes).Should().Be((1, 1, 0));
        crm.DisplayName(customer).Should().Be("Theirs");
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task I5_Servers_that_normalize_cause_no_ping_pong(bool localRaises, bool integrationLowers)
    {
        using var crm = new EngineFixture(new FixtureOptions
        {
            LocalTable = options => localRaises
                ? options with { Normalize = (_, value) => Change(value, text => text.ToUpperInvariant()) }
                : options,
            IntegrationTable = options => integrationLowers
                ? options with { Normalize = (_, value) => Change(value, text => text.ToLowerInvariant()) }
                : options,
        });
        var (customer, account) = await crm.NewPairAsync(("displayName", "Adatum"));
        crm.Customers.Update(customer, ("displayName", "Adatum Ltd"));
        _ = await crm.ModifiedAsync();
        crm.Later();
        crm.Accounts.Update(account, ("websiteurl", "Adatum.com"));
        _ = await crm.ModifiedAsync();
        crm.Later();
        _ = await crm.FullAsync();
        var writes = crm.Writes;
        crm.Later();

        _ = await crm.ModifiedAsync();
        crm.Later();
        var job = await crm.FullAsync();

        writes.Should().BeLessThanOrEqualTo(5);
        crm.Writes.Should().Be(writes);
        job.Counters.Should().Be(new SyncCounters { Unchanged = 1 });
        crm.Name(account).Should().BeEquivalentTo("adatum ltd");
    }

    [Theory]
    [InlineData(DeletionPolicy.None)]
    [InlineData(DeletionPolicy.DeleteRecord)]
    public async Task I6_A_deleted_record_stays_deleted(DeletionPolicy policy)
    {
        using var crm = new EngineFixture(mapping => mapping.OnDeletion(policy));
        var (customer, account) = await crm.NewPairAsync();
        var other = crm.Accounts.Insert(("name", "Fabrikam"));
        await crm.ConvergeAsync();
        crm.Accounts.Delete(account);
        crm.Customers.Delete(
            (await crm.Engine.Couplings.FindAsync("CUSTOMER", SyncSide.Integration, other.Id))!.LocalId);

        await crm.ConvergeAsync();
        await crm.ConvergeAsync();

        crm.Accounts.Find(account).Should().BeNull();
        crm.Customers.Count.Should().Be(policy == DeletionPolicy.None ? 1 : 0);
        crm.Accounts.Count.Should().Be(policy == DeletionPolicy.None ? 1 : 0);
        (crm.Customers.Find(customer) is not null).Should().Be(policy == DeletionPolicy.None);
    }

    [Fact]
    public async Task I7_A_key_scan_that_breaks_off_deletes_nothing()
    {
        using var crm = new EngineFixture(new FixtureOptions
        {
            Customer = mapping => mapping.OnDeletion(DeletionPolicy.DeleteRecord).ScanForDeletionsEvery(TimeSpan.Zero),
            LocalTable = options => options with { PageSize = 1 },
        });
        _ = crm.Customers.Insert(("displayName", "One"));
        _ = crm.Customers.Insert(("displayName", "Two"));
        await crm.ConvergeAsync();
        crm.Local.Faults.Fail(InMemoryOperation.ReadKeys, ConnectorFailure.ServiceFault, passes: 1);

        var run = () => crm.ModifiedAsync();

        await run.Should().ThrowAsync<ConnectorException>();
        crm.Writes.Should().Be(0);
        (await crm.CouplingsAsync()).Should().HaveCount(2);
    }

    [Fact]
    public async Task I7_A_partner_missing_from_an_answer_is_not_taken_for_deleted_and_the_edit_is_kept()
    {
        using var crm = new EngineFixture(mapping => mapping.OnDeletion(DeletionPolicy.DeleteRecord));
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("displayName", "Ours"));
        var hiding = new HidingConnector(crm.Integration) { Hides = account };
        using var engine = new SyncEngine(
            new()
            {
                Local = crm.Local,
                Integration = hiding,
                Store = crm.Store,
                TimeProvider = crm.Time,
                Mappings = crm.Engine.Mappings.All,
            });

        var job = await engine.SynchronizeTableAsync("CUSTOMER");
        hiding.Hides = null;
        crm.Later();
        var next = await engine.SynchronizeTableAsync("CUSTOMER");

        job.Counters.Should().Be(new SyncCounters { Failed = 1 });
        next.Counters.Should().Be(new SyncCounters { Modified = 1 });
        crm.Name(account).Should().Be("Ours");
    }

    [Fact]
    public async Task I8_A_record_of_either_side_is_in_one_coupling_at_most()
    {
        using var crm = new EngineFixture();
        var (customer, account) = await crm.NewPairAsync();
        var other = crm.Customers.Insert(("displayName", "Other"));

        var couple = () => crm.Engine.Couplings.CoupleAsync("CUSTOMER", other.Id, account);

        (await couple.Should().ThrowAsync<CouplingStoreException>()).Which.Failure
            .Should().Be(CouplingStoreFailure.AlreadyCoupled);
        (await crm.CouplingsAsync()).Should().ContainSingle().Which.LocalId.Should().Be(customer);
    }

    [Theory]
    [InlineData(SyncSide.Local)]
    [InlineData(SyncSide.Integration)]
    public async Task I9_A_record_that_fails_is_stored_before_the_checkpoint_moves_also_when_uncoupled(SyncSide source)
    {
        using var crm = new EngineFixture();
        _ = await crm.NewPairAsync();
        var id = source == SyncSide.Local
            ? crm.Customers.Insert(("displayName", "New")).Id
            : crm.Accounts.Insert(("name", "New")).Id;
        (source == SyncSide.Local ? crm.Integration : crm.Local).Faults.OnWrite = (_, _) => InMemoryWriteFault.Rejected;
        crm.Store.Clear();

        var job = await crm.ModifiedAsync();

        job.Counters.Should().Be(new SyncCounters { Failed = 1 });
        var stored = crm.Store.Commits.FindIndex(commit =>
            commit.Failures.Any(failure => failure.Record == new RecordKey(source, id)));
        var moved = crm.Store.Commits.FindIndex(commit => commit.State is not null);
        stored.Should().BeGreaterThanOrEqualTo(0).And.BeLessThan(moved);
        (await crm.CouplingsAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task I9_The_checkpoint_stays_when_a_page_cannot_be_stored()
    {
        using var crm = new EngineFixture();
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("displayName", "Ours"));
        crm.Store.Clear();
        crm.Store.Before = (_, commit) =>
        {
            if (commit?.Couplings.Count > 0)
            {
                throw new CouplingStoreException(CouplingStoreFailure.Unavailable, "The disk is full.");
            }
        };

        var run = () => crm.ModifiedAsync();

        await run.Should().ThrowAsync<CouplingStoreException>();
        crm.Store.Commits.Should().OnlyContain(commit => commit.State == null);
        crm.Restart();
        _ = await crm.ModifiedAsync();
        crm.Name(account).Should().Be("Ours");
        (await crm.IntentsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task I12_The_same_story_gives_the_same_writes()
    {
        var logs = new List<string>();
        for (var time = 0; time < 2; time++)
        {
            var ids = 0;
            using var crm = new EngineFixture(
                new FixtureOptions { Engine = options => options with { NewId = () => new Guid(++ids, 7, 7, new byte[8]) } });
            var random = new Random(5);
            for (var round = 0; round < 4; round++)
            {
                Enumerable.Range(0, 10).ToList().ForEach(_ => RandomEdits.Edit(crm, random));
                crm.Later();
                _ = await crm.FullAsync();
            }

            logs.Add(
                string.Join('\n', crm.Local.Writes.Concat(crm.Integration.Writes).Select(Shown)));
        }

        logs[0].Should().NotBeEmpty().And.Be(logs[1]);
    }

    [Fact]
    public async Task I15_Two_companies_on_one_store_never_touch_each_other()
    {
        using var ours = new EngineFixture();
        var (customer, _) = await ours.NewPairAsync();
        using var theirs = new SyncEngine(new()
        {
            Local = CrmTables.NewLocal(ours.Time, identity: "other company"),
            Integration = CrmTables.NewIntegration(ours.Time, identity: "other organization"),
            Store = ours.Memory,
            TimeProvider = ours.Time,
            Mappings = [CrmTables.Salesperson(), CrmTables.Customer(mapping => mapping.OnDeletion(DeletionPolicy.DeleteRecord))],
        });

        var jobs = await theirs.SynchronizeFullAsync();

        theirs.Scope.Should().NotBe(ours.Engine.Scope);
        jobs.Should().OnlyContain(job => job.Counters == SyncCounters.None);
        (await theirs.Couplings.FindAsync("CUSTOMER", SyncSide.Local, customer)).Should().BeNull();
        (await ours.CouplingsAsync()).Should().ContainSingle();
    }

    private static Func<InMemoryCall, CancellationToken, ValueTask> Once(InMemoryOperation operation, Action act)
    {
        var isDone = false;
        return (call, _) =>
        {
            if (call.Operation == operation && !isDone)
            {
                isDone = true;
                act();
            }

            return ValueTask.CompletedTask;
        };
    }

    private static FieldValue Change(FieldValue value, Func<string, string> change) =>
        value.Kind == FieldValueKind.Text ? FieldValue.Text(change(value.AsText())) : value;

    private static string Shown(TableRecord record, params string[] fields) =>
        string.Join('|', fields.Select(field => record[field].ToString()));

    private static string Shown(InMemoryWrite write) => $"{write.Table} {write.Kind} {write.Id} {string.Join(',', write.Fields)}";
}
