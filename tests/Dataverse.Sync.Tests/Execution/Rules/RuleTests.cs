using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution;

public sealed class RuleTests : IDisposable
{
    private readonly TestRule rule = new();
    private readonly EngineFixture crm;

    public RuleTests() => crm = new(new FixtureOptions { Rules = [rule] });

    public void Dispose() => crm.Dispose();

    [Fact]
    public async Task Rules_are_called_at_every_step_of_a_creation_in_order()
    {
        _ = crm.Customers.Insert(("displayName", "Adatum"));

        _ = await crm.Engine.SynchronizeRecordsAsync("CUSTOMER", SyncSide.Local, [crm.Customers.Records[0].Id]);

        rule.Calls.Should().Equal("selected", "partner", "transferred", "before", "after");
    }

    [Fact]
    public async Task Selected_record_is_skipped_with_the_reason()
    {
        _ = crm.Customers.Insert(("displayName", "Internal"));
        rule.Select = _ => RecordDecision.Skip("Internal customers stay here.");

        var job = await crm.FullAsync();

        job.Counters.Should().Be(new SyncCounters { Skipped = 1 });
        (await crm.ErrorsAsync(job))
            .Should().ContainSingle()
            .Which.Error.Should().Be(new SyncError(SyncErrorCodes.RefusedByRule, "Internal customers stay here."));
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Partner_named_by_a_rule_is_coupled()
    {
        var customer = crm.Customers.Insert(("displayName", "Ours")).Id;
        var account = crm.Accounts.Insert(("name", "Theirs")).Id;
        rule.Partner = arguments => arguments.Side == SyncSide.Local ? account : null;

        var job = await crm.FullAsync();

        job.Counters.Should().Be(new SyncCounters { Coupled = 1, Modified = 1 });
        (await crm.CouplingOfAsync(customer))!.IntegrationId.Should().Be(account);
    }

    [Fact]
    [Trait("parity", "BC-2.1-01")]
    [Trait("parity", "BC-2.3-01")]
    public async Task Values_changed_added_and_removed_by_a_rule_are_what_is_written_and_stay_so()
    {
        rule.Transfer = arguments =>
        {
            if (arguments.Target == SyncSide.Integration)
            {
                arguments.Set("name", FieldValue.Text("Changed"));
                arguments.Set("websiteurl", FieldValue.Text("added.com"));
                arguments.Remove("creditlimit");
            }
        };
        var (customer, account) = await crm.NewPairAsync();
        rule.Transfer = null;
        crm.Later();
        _ = await crm.ModifiedAsync();
        _ = await crm.FullAsync();

        var (local, integration) = (crm.Customers.Find(customer)!, crm.Accounts.Find(account)!);
        (integration["name"].AsText(), integration["websiteurl"].AsText(), integration["creditlimit"].IsBlank)
            .Should().Be(("Changed", "added.com", true));
        (local["displayName"].AsText(), local["creditLimit"].AsDecimal()).Should().Be(("Adatum", 100m));
    }

    [Fact]
    public async Task Rule_that_has_returned_cannot_change_the_values_that_are_written()
    {
        FieldsTransferredArguments? kept = null;
        rule.Transfer = arguments => kept = arguments;
        var (_, account) = await crm.NewPairAsync();

        var set = () => kept!.Set("name", FieldValue.Text("Late"));
        var remove = () => kept!.Remove("name");

        set.Should().Throw<InvalidOperationException>();
        remove.Should().Throw<InvalidOperationException>();
        (kept!.Fields.ValueOf("name")!.Value.AsText(), crm.Accounts.Find(account)!["name"].AsText())
            .Should().Be(("Adatum", "Adatum"));
    }

    [Fact]
    public async Task I2_A_value_that_a_rule_keeps_back_does_not_come_back_as_an_edit()
    {
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("displayName", "Kept back"));
        rule.Transfer = arguments => arguments.Remove("name");

        var job = await crm.ModifiedAsync();
        crm.Later();
        _ = await crm.FullAsync();

        job.Counters.Should().Be(new SyncCounters { Unchanged = 1 });
        (crm.DisplayName(customer), crm.Name(account)).Should().Be(("Kept back", "Adatum"));
        crm.Writes.Should().Be(0);
    }

    [Theory]
    [InlineData(ConflictDecision.TakeLocal, UpdateConflictPolicy.GetUpdateFromIntegration, "Ours", "Ours")]
    [InlineData(ConflictDecision.TakeIntegration, UpdateConflictPolicy.None, "Theirs", "Theirs")]
    [InlineData(ConflictDecision.Record, UpdateConflictPolicy.SendUpdateToIntegration, "Ours", "Theirs")]
    [InlineData(ConflictDecision.FollowPolicy, UpdateConflictPolicy.SendUpdateToIntegration, "Ours", "Ours")]
    public async Task I10_Conflict_is_decided_by_the_rule_before_the_policy(
        ConflictDecision decision,
        UpdateConflictPolicy policy,
        string local,
        string integration)
    {
        var (customer, account) = await ConflictingAsync();
        rule.Conflict = _ => decision;

        _ = await crm.ModifiedAsync(new() { UpdateConflictPolicy = policy });

        (crm.DisplayName(customer), crm.Name(account)).Should().Be((local, integration));
    }

    [Fact]
    public async Task Deletion_is_decided_by_the_rule_before_the_policy()
    {
        var (customer, account) = await crm.NewPairAsync();
        crm.Accounts.Delete(account);
        rule.Deletion = arguments => arguments is { DeletedSide: SyncSide.Integration, SurvivorChanged: false }
            ? DeletionPolicy.RemoveCoupling
            : null;

        _ = await crm.ModifiedAsync();

        (await crm.CouplingsAsync()).Should().BeEmpty();
        crm.Customers.Find(customer).Should().NotBeNull();
    }

    [Fact]
    public async Task Write_is_refused_with_the_reason_and_nothing_is_journaled()
    {
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("displayName", "Ours"));
        crm.Accounts.Update(account, ("creditlimit", 9m));
        rule.Before = arguments => arguments.Target == SyncSide.Integration
            ? RecordDecision.Skip("Not today.")
            : RecordDecision.Keep;

        var job = await crm.ModifiedAsync();

        job.Counters.Should().Be(new SyncCounters { Skipped = 1 });
        crm.Writes.Should().Be(0);
        (await crm.IntentsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task AfterWrite_is_told_what_became_of_the_write()
    {
        _ = crm.Customers.Insert(("displayName", "Adatum"));
        var seen = new List<(SyncSide, WriteKind, WriteStatus?)>();
        rule.After = arguments => seen.Add((arguments.Target, arguments.Operation.Kind, arguments.Result?.Status));

        _ = await crm.FullAsync();

        seen.Should().Equal((SyncSide.Integration, WriteKind.Insert, WriteStatus.Applied));
    }

    [Theory]
    [InlineData("select")]
    [InlineData("partner")]
    [InlineData("transfer")]
    [InlineData("before")]
    [Trait("parity", "BC-2.3-12")]
    public async Task I9_Rule_that_throws_fails_its_record_only_and_the_record_is_remembered(string step)
    {
        var bad = crm.Customers.Insert(("displayName", "Bad")).Id;
        var good = crm.Customers.Insert(("displayName", "Good")).Id;
        Throw(step, bad);

        var job = await crm.ModifiedAsync();
        var failures = await crm.FailuresAsync();
        Throw("nothing", bad);
        crm.Later();
        _ = await crm.ModifiedAsync();

        job.Counters.Should().Be(new SyncCounters { Inserted = 1, Failed = 1 });
        failures.Should().ContainSingle().Which.Should()
            .BeEquivalentTo(
                new { Record = new RecordKey(SyncSide.Local, bad), Error = new { Code = SyncErrorCodes.RuleFailed } });
        failures[0].Error.Message.Should().Contain(nameof(TestRule)).And.NotContain("secret");
        (await crm.CouplingOfAsync(good)).Should().NotBeNull();
        (await crm.CouplingOfAsync(bad)).Should().NotBeNull();
    }

    [Fact]
    public async Task Rule_that_throws_about_a_conflict_fails_the_record()
    {
        var (customer, account) = await ConflictingAsync();
        rule.Conflict = _ => throw new TimeoutException();

        var job = await crm.ModifiedAsync(
            new() { UpdateConflictPolicy = UpdateConflictPolicy.SendUpdateToIntegration });

        job.Counters.Should().Be(new SyncCounters { Failed = 1 });
        (crm.DisplayName(customer), crm.Name(account)).Should().Be(("Ours", "Theirs"));
    }

    [Fact]
    public async Task Rule_that_throws_about_a_deletion_keeps_the_survivor()
    {
        var (customer, account) = await crm.NewPairAsync();
        crm.Accounts.Delete(account);
        rule.Deletion = _ => throw new TimeoutException();

        var job = await crm.ModifiedAsync();

        job.Counters.Should().Be(new SyncCounters { Failed = 1 });
        crm.Customers.Find(customer).Should().NotBeNull();
    }

    [Fact]
    public async Task Rule_whose_own_wait_is_cancelled_fails_the_record_and_not_the_run()
    {
        _ = crm.Customers.Insert(("displayName", "Bad"));
        rule.Select = _ => throw new TaskCanceledException();

        var job = await crm.FullAsync();

        job.Should()
            .BeEquivalentTo(new { Status = SyncJobStatus.Finished, Counters = new SyncCounters { Failed = 1 } });
    }

    [Fact]
    public async Task Rule_that_throws_after_the_write_leaves_the_write_done_and_fails_the_record()
    {
        var customer = crm.Customers.Insert(("displayName", "Adatum")).Id;
        rule.After = _ => throw new TimeoutException();

        var job = await crm.FullAsync();

        job.Counters.Should().Be(new SyncCounters { Failed = 1 });
        (await crm.CouplingOfAsync(customer)).Should().NotBeNull();
        (await crm.ErrorsAsync(job)).Should().ContainSingle().Which.Error.Code.Should().Be(SyncErrorCodes.RuleFailed);
    }

    private void Throw(string step, Guid bad)
    {
        static T Fail<T>() => throw new InvalidOperationException("secret");
        rule.Select = step == "select" ? arguments => arguments.Record.Id == bad ? Fail<RecordDecision>() : RecordDecision.Keep : null;
        rule.Partner = step == "partner" ? arguments => arguments.Record.Id == bad ? Fail<Guid?>() : null : null;
        rule.Transfer = step == "transfer" ? arguments => _ = arguments.Source!.Id == bad ? Fail<bool>() : true : null;
        rule.Before = step == "before" ? arguments => arguments.Source!.Id == bad ? Fail<RecordDecision>() : RecordDecision.Keep : null;
    }

    private async Task<(Guid Customer, Guid Account)> ConflictingAsync()
    {
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("displayName", "Ours"));
        crm.Accounts.Update(account, ("name", "Theirs"));
        return (customer, account);
    }
}
