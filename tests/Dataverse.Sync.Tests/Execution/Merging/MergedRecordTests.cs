using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution.Merging;

/// <summary>Records that a user of the other system merged: the coupling follows the survivor, or a person decides.</summary>
public sealed class MergedRecordTests
{
    public enum Kind
    {
        Modified,
        Full,
        Named,
    }

    public static TheoryData<Kind, bool> EveryRun()
    {
        var data = new TheoryData<Kind, bool>();
        foreach (var kind in Enum.GetValues<Kind>())
        {
            data.Add(kind, true);
            data.Add(kind, false);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(EveryRun))]
    public async Task Coupling_of_a_merged_record_moves_to_its_uncoupled_survivor(Kind kind, bool isSurvivorNew)
    {
        using var crm = NewFixture();
        var survivor = isSurvivorNew ? Guid.Empty : OldSurvivor(crm);
        var (customer, account) = await crm.NewPairAsync();
        survivor = isSurvivorNew ? crm.Accounts.Insert(("name", "Adatum Corp")).Id : survivor;
        crm.Integration.Merge("account", account, survivor, ("inactive", true));

        await RunAsync(crm, kind, account);

        (await crm.CouplingsAsync()).Should().ContainSingle().Which.Should()
            .Match<Coupling>(coupling => coupling.LocalId == customer && coupling.IntegrationId == survivor);
        crm.Customers.Count.Should().Be(1);
        crm.DisplayName(customer).Should().Be("Adatum Corp");
        var row = crm.Accounts.Find(survivor)!;
        (row["accountnumber"].AsText(), row["postalcode"].AsText()).Should().Be(("C00010", "1000"));
        (await crm.FailuresAsync()).Should().BeEmpty();
        (await crm.ConflictsAsync()).Should().BeEmpty();
        await ShouldRestAsync(crm);
    }

    [Fact]
    public async Task Record_that_is_merged_during_the_write_is_not_written_and_the_edit_travels_to_the_survivor()
    {
        using var crm = NewFixture();
        var (customer, account) = await crm.NewPairAsync();
        var survivor = crm.Accounts.Insert(("name", "Adatum Corp")).Id;
        _ = crm.Customers.Update(customer, ("postalCode", "2000"));
        var isMerged = false;
        crm.Integration.Faults.BeforeCall = (call, _) =>
        {
            if (call is { Operation: InMemoryOperation.Write, Table: "account" } && !isMerged)
            {
                isMerged = true;
                crm.Integration.Merge("account", account, survivor, ("inactive", true));
            }

            return ValueTask.CompletedTask;
        };

        _ = await crm.ModifiedAsync();
        var merged = crm.Accounts.Find(account)!["postalcode"].AsText();
        crm.Later();
        await crm.ConvergeAsync();

        merged.Should().Be("1000");
        (await crm.CouplingsAsync()).Should().ContainSingle().Which.IntegrationId.Should().Be(survivor);
        crm.Accounts.Find(survivor)!["postalcode"].AsText().Should().Be("2000");
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(EveryRun))]
    public async Task Pair_whose_survivor_is_coupled_is_left_to_a_person_with_both_named(Kind kind, bool isEdited)
    {
        using var crm = NewFixture();
        _ = crm.Customers.Insert(("displayName", "Adatum"));
        _ = crm.Customers.Insert(("displayName", "Adatum Corp"));
        await crm.ConvergeAsync();
        var couplings = await crm.CouplingsAsync();
        var (merged, survivor) = (couplings[0], couplings[1]);
        crm.Integration.Merge("account", merged.IntegrationId, survivor.IntegrationId, ("inactive", true));
        if (isEdited)
        {
            _ = crm.Customers.Update(merged.LocalId, ("postalCode", "2000"));
        }

        await RunAsync(crm, kind, merged.IntegrationId);

        var doubt = (await crm.FailuresAsync()).Should().ContainSingle().Subject;
        doubt.State.Should().Be(RecordFailureState.Doubtful);
        doubt.Record.Should().Be(new RecordKey(SyncSide.Local, merged.LocalId));
        doubt.Error.Code.Should().Be(SyncErrorCodes.PartnerMerged);
        doubt.Candidates.Select(candidate => candidate.Record.Id)
            .Should().BeEquivalentTo([merged.IntegrationId, survivor.IntegrationId]);
        doubt.Error.Message.Should().Contain(merged.IntegrationId.ToString()).And.Contain(survivor.IntegrationId.ToString());
        (await crm.CouplingsAsync()).Should().BeEquivalentTo(couplings, options => options.Including(c => c.LocalId)
            .Including(c => c.IntegrationId));
        await ShouldRestAsync(crm);

        _ = await crm.Engine.Couplings.UncoupleAsync("CUSTOMER", SyncSide.Local, [survivor.LocalId]);
        crm.Later();
        _ = await crm.ModifiedAsync();

        (await crm.CouplingOfAsync(merged.LocalId))!.IntegrationId.Should().Be(survivor.IntegrationId);
        crm.Accounts.Find(survivor.IntegrationId)!["postalcode"].ToString().Should().Be(isEdited ? "2000" : string.Empty);
    }

    [Fact]
    public async Task Edit_of_the_partner_travels_to_the_survivor()
    {
        using var crm = NewFixture();
        var (customer, account) = await crm.NewPairAsync();
        var survivor = crm.Accounts.Insert(("name", "Adatum Corp"), ("postalcode", "9000")).Id;
        crm.Integration.Merge("account", account, survivor);
        _ = crm.Customers.Update(customer, ("creditLimit", 500m));

        _ = await crm.ModifiedAsync();

        var row = crm.Accounts.Find(survivor)!;
        row["creditlimit"].AsDecimal().Should().Be(500m);
        crm.Customers.Find(customer)!["postalCode"].AsText().Should().Be("9000");
        await ShouldRestAsync(crm);
    }

    [Fact]
    public async Task Merged_records_are_never_matched_and_never_created()
    {
        using var crm = NewFixture();
        var loser = crm.Accounts.Insert(("name", "Old"), ("accountnumber", "C00099")).Id;
        var survivor = crm.Accounts.Insert(("name", "Keep")).Id;
        crm.Integration.Merge("account", loser, survivor);
        crm.Accounts.Delete(survivor);
        _ = crm.Accounts.Update(loser, ("masterid", null));
        _ = crm.Customers.Insert(("displayName", "Late"), ("number", "C00099"));

        await crm.ConvergeAsync();
        _ = await crm.Engine.SynchronizeRecordAsync("CUSTOMER", SyncSide.Integration, loser);
        _ = crm.Accounts.Update(loser, ("postalcode", "1"));
        await crm.ConvergeAsync();

        crm.Customers.Count.Should().Be(1);
        var coupling = (await crm.CouplingsAsync()).Should().ContainSingle().Subject;
        coupling.IntegrationId.Should().NotBe(loser);
    }

    [Fact]
    public async Task Survivor_that_was_merged_itself_passes_the_coupling_on()
    {
        using var crm = NewFixture();
        var (customer, account) = await crm.NewPairAsync();
        var (second, third) = (crm.Accounts.Insert(("name", "B")).Id, crm.Accounts.Insert(("name", "C")).Id);
        crm.Integration.Merge("account", account, second);
        crm.Integration.Merge("account", second, third);

        _ = await crm.ModifiedAsync();

        (await crm.CouplingOfAsync(customer))!.IntegrationId.Should().Be(third);
        crm.Customers.Count.Should().Be(1);
        await ShouldRestAsync(crm);
    }

    [Fact]
    public async Task Two_merged_into_one_leave_the_second_to_a_person()
    {
        using var crm = NewFixture();
        _ = crm.Customers.Insert(("displayName", "A"));
        _ = crm.Customers.Insert(("displayName", "B"));
        await crm.ConvergeAsync();
        var survivor = crm.Accounts.Insert(("name", "C")).Id;
        foreach (var coupling in await crm.CouplingsAsync())
        {
            crm.Integration.Merge("account", coupling.IntegrationId, survivor);
        }

        _ = await crm.ModifiedAsync();

        (await crm.CouplingsAsync()).Count(coupling => coupling.IntegrationId == survivor).Should().Be(1);
        (await crm.FailuresAsync()).Should().ContainSingle().Which.Error.Code.Should().Be(SyncErrorCodes.PartnerMerged);
        crm.Customers.Count.Should().Be(2);
        await ShouldRestAsync(crm);
    }

    [Theory]
    [InlineData(DeletionPolicy.DeleteRecord)]
    [InlineData(DeletionPolicy.RestoreRecords)]
    [InlineData(DeletionPolicy.RemoveCoupling)]
    public async Task Merged_record_whose_survivor_is_gone_is_no_deletion(DeletionPolicy policy)
    {
        using var crm = NewFixture(mapping => mapping.OnDeletion(policy));
        var (customer, account) = await crm.NewPairAsync();
        var survivor = crm.Accounts.Insert(("name", "C")).Id;
        crm.Integration.Merge("account", account, survivor);
        crm.Accounts.Delete(survivor);

        _ = await crm.ModifiedAsync();
        crm.Later();
        _ = await crm.FullAsync();

        crm.Customers.Find(customer).Should().NotBeNull();
        crm.Accounts.Count.Should().Be(1);
        (await crm.FailuresAsync()).Should().ContainSingle().Which.Error.Code.Should().Be(SyncErrorCodes.PartnerMerged);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(OutsideFilterPolicy.Uncouple)]
    [InlineData(OutsideFilterPolicy.Follow)]
    public async Task Filter_that_excludes_the_merged_record_does_not_hide_the_merge(OutsideFilterPolicy? policy)
    {
        using var crm = NewFixture(mapping =>
        {
            _ = mapping.IntegrationFilter(RecordFilter.NotEqual("inactive", FieldValue.Boolean(true)));
            _ = policy is { } named ? mapping.WhenOutsideFilter(named) : mapping;
        });
        var (customer, account) = await crm.NewPairAsync();
        var survivor = crm.Accounts.Insert(("name", "Adatum Corp")).Id;
        crm.Integration.Merge("account", account, survivor, ("inactive", true));

        _ = await crm.ModifiedAsync();

        (await crm.CouplingOfAsync(customer))!.IntegrationId.Should().Be(survivor);
        await ShouldRestAsync(crm);
    }

    [Fact]
    public async Task Merged_record_that_is_deleted_afterward_takes_nothing_with_it()
    {
        using var crm = NewFixture(mapping => mapping.OnDeletion(DeletionPolicy.DeleteRecord));
        var (customer, account) = await crm.NewPairAsync();
        var survivor = crm.Accounts.Insert(("name", "Adatum Corp")).Id;
        crm.Integration.Merge("account", account, survivor);
        crm.Accounts.Delete(account);

        _ = await crm.ModifiedAsync();
        crm.Later();
        _ = await crm.ModifiedAsync();

        (crm.Accounts.Find(survivor) is null).Should().BeFalse();
        crm.Customers.Count.Should().BeLessThanOrEqualTo(1);
        _ = customer;
    }

    [Fact]
    public async Task Merge_between_two_runs_and_edits_of_both_sides_keeps_every_edit()
    {
        using var crm = NewFixture();
        var (customer, account) = await crm.NewPairAsync();
        var survivor = crm.Accounts.Insert(("name", "Adatum Corp")).Id;
        crm.Integration.Merge("account", account, survivor);
        _ = crm.Customers.Update(customer, ("displayName", "Adatum Ltd"));

        _ = await crm.ModifiedAsync();

        var conflict = (await crm.ConflictsAsync()).Should().ContainSingle().Subject;
        conflict.IntegrationId.Should().Be(survivor);
        conflict.Fields.Should().ContainSingle().Which.Should().Match<FieldConflict>(field =>
            field.Local == FieldValue.Text("Adatum Ltd") && field.Integration == FieldValue.Text("Adatum Corp"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Survivor_whose_own_partner_may_be_under_way_does_not_take_over(bool isSurvivorNew)
    {
        using var crm = NewFixture();
        var (customer, account) = await crm.NewPairAsync();
        var survivor = crm.Accounts.Insert(("name", "Adatum Corp")).Id;
        crm.Local.Faults.OnWrite = (_, operation) =>
            operation.Kind == WriteKind.Insert ? InMemoryWriteFault.AnswerLost : InMemoryWriteFault.None;
        _ = await crm.Engine.SynchronizeRecordAsync("CUSTOMER", SyncSide.Integration, survivor);
        crm.Local.Faults.OnWrite = null;
        crm.Integration.Merge("account", account, survivor);
        _ = isSurvivorNew ? crm.Accounts.Update(survivor, ("postalcode", "7000")) : null;

        _ = await crm.ModifiedAsync();
        crm.Later();
        await crm.ConvergeAsync();

        crm.Customers.Count.Should().Be(2);
        var own = crm.Customers.Records.Single(record => record.Id != customer);
        (await crm.CouplingOfAsync(own.Id))!.IntegrationId.Should().Be(survivor);
        (await crm.FailuresAsync()).Should().ContainSingle().Which.Error.Code.Should().Be(SyncErrorCodes.PartnerMerged);
        await ShouldRestAsync(crm);
    }

    [Fact]
    public async Task Survivor_whose_insert_may_still_arrive_takes_over_only_when_the_window_is_over()
    {
        using var crm = NewFixture();
        var (customer, account) = await crm.NewPairAsync();
        var survivor = crm.Accounts.Insert(("name", "Adatum Corp")).Id;
        crm.Local.Faults.OnWrite = (_, operation) =>
            operation.Kind == WriteKind.Insert ? InMemoryWriteFault.RequestLost : InMemoryWriteFault.None;
        _ = await crm.Engine.SynchronizeRecordAsync("CUSTOMER", SyncSide.Integration, survivor);
        crm.Local.Faults.OnWrite = null;
        crm.Time.Advance(TimeSpan.FromMinutes(2));
        crm.Integration.Merge("account", account, survivor);
        _ = crm.Accounts.Update(survivor, ("postalcode", "7000"));

        _ = await crm.ModifiedAsync();
        var early = await crm.CouplingOfAsync(customer);
        crm.Later();
        await crm.ConvergeAsync();

        early!.IntegrationId.Should().Be(account, "the request may still be on its way");
        (await crm.CouplingOfAsync(customer))!.IntegrationId.Should().Be(survivor);
        crm.Customers.Count.Should().Be(1);
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Pair_that_leaves_its_filter_and_is_merged_in_one_run_is_remembered_with_the_survivor()
    {
        using var crm = NewFixture(mapping => mapping.WhenOutsideFilter(OutsideFilterPolicy.Uncouple)
            .LocalFilter(RecordFilter.NotEqual("displayName", FieldValue.Text("Blocked"))));
        var (customer, account) = await crm.NewPairAsync();
        var survivor = crm.Accounts.Insert(("name", "Adatum Corp")).Id;
        _ = crm.Customers.Update(customer, ("displayName", "Blocked"));
        crm.Integration.Merge("account", account, survivor);

        _ = await crm.FullAsync();
        (await crm.CouplingsAsync()).Should().BeEmpty();
        _ = crm.Customers.Update(customer, ("displayName", "Adatum"));
        crm.Later();
        _ = await crm.ModifiedAsync();

        (await crm.CouplingOfAsync(customer))!.IntegrationId.Should().Be(survivor);
        crm.Customers.Count.Should().Be(1);
    }

    [Fact]
    public async Task Preview_shows_what_the_survivor_receives()
    {
        using var crm = NewFixture();
        var (_, account) = await crm.NewPairAsync();
        var survivor = crm.Accounts.Insert(("name", "Adatum Corp")).Id;
        crm.Integration.Merge("account", account, survivor);

        var preview = await crm.Engine.PreviewAsync("CUSTOMER", SyncJobKind.Modified);

        preview.Operations.Where(operation => operation.Side == SyncSide.Integration)
            .Should().OnlyContain(operation => operation.RecordId == survivor && operation.Kind == WriteKind.Update);
        (await crm.CouplingsAsync()).Single().IntegrationId.Should().Be(account);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Kill_while_a_coupling_moves_loses_nothing(bool isSurvivorNew)
    {
        for (var moment = 1; ; moment++)
        {
            using var crm = NewFixture();
            var survivor = isSurvivorNew ? Guid.Empty : OldSurvivor(crm);
            var (customer, account) = await crm.NewPairAsync();
            survivor = isSurvivorNew ? crm.Accounts.Insert(("name", "Adatum Corp")).Id : survivor;
            crm.Accounts.Show(survivor);
            crm.Integration.Merge("account", account, survivor);
            var commits = 0;
            crm.Store.After = (_, commit) =>
            {
                if (commit is not null && ++commits == moment)
                {
                    throw new CrashException();
                }
            };
            try
            {
                _ = await crm.ModifiedAsync();
                moment.Should().BeGreaterThan(3);
                return;
            }
            catch (CrashException)
            {
                crm.Restart();
            }

            _ = await crm.ModifiedAsync();
            (await crm.CouplingOfAsync(customer))!.IntegrationId.Should().Be(survivor);
            crm.DisplayName(customer).Should().Be("Adatum Corp");
            crm.Accounts.Find(survivor)!["postalcode"].AsText().Should().Be("1000");
            await ShouldRestAsync(crm);
        }
    }

    [Fact]
    public async Task Account_that_was_merged_while_the_insert_of_its_customer_was_under_way_is_not_written()
    {
        using var crm = NewFixture();
        var (_, survivor) = await crm.NewPairAsync();
        var account = crm.Accounts.Insert(("name", "Fabrikam")).Id;
        WriteBatch? sent = null;
        var local = new HookedConnector(crm.Local)
        {
            OnWrite = (batch, _) =>
            {
                sent = batch;
                throw new CrashException();
            },
        };
        using (var first = new SyncEngine(new()
        {
            Local = local,
            Integration = crm.Integration,
            Store = crm.Store,
            TimeProvider = crm.Time,
            Mappings = crm.Engine.Mappings.All,
        }))
        {
            var run = () => first.SynchronizeFullAsync("CUSTOMER");
            await run.Should().ThrowAsync<CrashException>();
        }

        crm.Time.Advance(TimeSpan.FromMinutes(2));
        crm.Integration.Merge("account", account, survivor, ("inactive", true));
        var reads = 0;
        crm.Local.Faults.BeforeCall = async (call, token) =>
        {
            // Recovery reads the customers first; the request of the killed process arrives before the run does.
            if (call is { Operation: InMemoryOperation.ReadChanges, Table: "customers" } && ++reads == 2)
            {
                _ = await crm.Local.WriteAsync(sent! with { SendBefore = null }, token);
            }
        };

        var before = crm.Accounts.Find(account)!.Version;
        _ = await crm.ModifiedAsync();
        crm.Accounts.Find(account)!.Version.Should().Be(before, "a merged account takes no values");
        crm.Local.Faults.Clear();
        crm.Later();
        await crm.ConvergeAsync();

        reads.Should().BeGreaterThan(1);
        crm.Accounts.Find(account)!.Version.Should().Be(before);
        crm.Customers.Count.Should().Be(2);
        (await crm.FailuresAsync()).Select(failure => (failure.Record.Side, failure.State, failure.Error.Code))
            .Should().Equal((SyncSide.Local, RecordFailureState.Doubtful, SyncErrorCodes.PartnerMerged));
    }

    [Fact]
    public async Task Merge_costs_no_request_where_nothing_is_merged()
    {
        using var crm = NewFixture();
        _ = await crm.NewPairAsync();

        _ = await crm.ModifiedAsync();

        (crm.Local.Calls.Total + crm.Integration.Calls.Total).Should().Be(2);
    }

    private static EngineFixture NewFixture(Action<IntegrationTableMappingBuilder>? change = null) => new(new FixtureOptions
    {
        Customer = mapping =>
        {
            _ = mapping.OnUpdateConflict(UpdateConflictPolicy.None);
            change?.Invoke(mapping);
        },
        ChangeAccount = table => table.Mergeable(),
    });

    // Excluded while it was created, so that no run meets it before the merge.
    private static Guid OldSurvivor(EngineFixture crm)
    {
        var id = crm.Accounts.Insert(("name", "Adatum Corp")).Id;
        crm.Accounts.Hide(id);
        return id;
    }

    private static async Task RunAsync(EngineFixture crm, Kind kind, Guid account)
    {
        foreach (var record in crm.Accounts.Records)
        {
            crm.Accounts.Show(record.Id);
        }

        _ = kind switch
        {
            Kind.Modified => await crm.ModifiedAsync(),
            Kind.Full => await crm.FullAsync(),
            _ => await crm.Engine.SynchronizeRecordAsync("CUSTOMER", SyncSide.Integration, account),
        };
    }

    private static async Task ShouldRestAsync(EngineFixture crm)
    {
        crm.Later();
        _ = await crm.ModifiedAsync();
        crm.Later();
        crm.ResetCounters();
        _ = await crm.ModifiedAsync();
        _ = await crm.FullAsync();
        crm.Writes.Should().Be(0);
    }

    private sealed class CrashException : Exception;
}
