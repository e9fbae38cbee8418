using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution;

public sealed class FailureTests
{
    [Fact]
    public async Task Failed_record_is_retried_when_due_and_backs_off()
    {
        using var crm = new EngineFixture(mapping =>
            mapping.Retry(new RetryPolicy { FirstDelay = TimeSpan.FromMinutes(30), LongestDelay = TimeSpan.FromMinutes(90) }));
        var customer = crm.Customers.Insert(("displayName", "Adatum")).Id;
        crm.Integration.Faults.OnWrite = (_, _) => InMemoryWriteFault.Rejected;
        _ = await crm.FullAsync();
        var start = crm.Time.GetUtcNow();
        crm.Later();

        var notDue = await crm.ModifiedAsync();
        crm.Later();
        _ = await crm.ModifiedAsync();
        var second = (await crm.FailuresAsync()).Should().ContainSingle().Subject;
        crm.Time.Advance(TimeSpan.FromHours(1));
        _ = await crm.ModifiedAsync();
        var third = (await crm.FailuresAsync())[0];

        notDue.Counters.Should().Be(SyncCounters.None);
        second.Should().BeEquivalentTo(new
        {
            Record = new RecordKey(SyncSide.Local, customer),
            State = RecordFailureState.Failed,
            Attempts = 2,
            FirstFailedOn = start,
            LastFailedOn = start.AddMinutes(30),
            NextTryOn = start.AddMinutes(90),
            Error = new { Code = InMemoryErrorCodes.InjectedFault },
        });
        (third.Attempts, third.NextTryOn).Should().Be((3, third.LastFailedOn.AddMinutes(90)));
    }

    [Fact]
    public async Task Failed_record_that_is_edited_is_tried_at_once()
    {
        using var crm = new EngineFixture();
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("displayName", "Refused"));
        crm.Integration.Faults.FailWrites(InMemoryWriteFault.Rejected);
        _ = await crm.ModifiedAsync();
        crm.Customers.Update(customer, ("displayName", "Fine"));

        _ = await crm.ModifiedAsync();

        crm.Name(account).Should().Be("Fine");
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    [Trait("parity", "BC-2.3-12")]
    public async Task Record_whose_converter_throws_any_exception_fails_alone()
    {
        using var crm = new EngineFixture(mapping =>
            mapping.Field("displayName", "name", field => field.Convert(new CarelessConverter())));
        _ = crm.Customers.Insert(("displayName", "Adatum"));
        var broken = crm.Customers.Insert(("displayName", CarelessConverter.Fatal)).Id;

        var job = await crm.FullAsync();

        job.Counters.Should().Be(new SyncCounters { Inserted = 1, Failed = 1 });
        var failure = (await crm.FailuresAsync()).Should().ContainSingle().Subject;
        failure.Record.Should().Be(new RecordKey(SyncSide.Local, broken));
        failure.Error.Should().Be(new SyncError(
            SyncErrorCodes.ValueNotConvertible,
            "Field mapping 'displayName>name': the conversion failed with KeyNotFoundException.",
            "displayName>name"));
    }

    [Theory]
    [InlineData(WriteStatus.Transient, SyncErrorCodes.Transient, RecordFailureState.Failed)]
    [InlineData(WriteStatus.VersionMismatch, SyncErrorCodes.ConcurrentModification, RecordFailureState.Failed)]
    [InlineData(WriteStatus.Rejected, "0x80044150", RecordFailureState.Skipped)]
    public async Task Reasons_that_may_pass_are_told_from_others_by_their_code(
        WriteStatus status, string code, RecordFailureState state)
    {
        HookedConnector? accounts = null;
        using var crm = new EngineFixture(new FixtureOptions
        {
            Customer = mapping => mapping.Retry(new() { SkipAfterIdenticalFailures = 2, LongestDelay = TimeSpan.FromMinutes(5) }),
            Engine = engine => engine with { Integration = accounts = new(engine.Integration) },
        });
        var (customer, _) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("displayName", "Edited"));
        accounts!.OnWrite = (batch, _) => Task.FromResult<IReadOnlyList<WriteResult>>(
            [.. batch.Operations.Select(_ => new WriteResult { Status = status, Error = new("0x80044150", "Generic SQL error.") })]);

        for (var run = 0; run < 4; run++)
        {
            _ = await crm.ModifiedAsync();
            crm.Later();
        }

        var failure = (await crm.FailuresAsync()).Should().ContainSingle().Subject;
        (failure.State, failure.Error.Code).Should().Be((state, code));
        failure.Error.Message.Should().StartWith("Generic SQL error.");
        (failure.Error.Code + failure.Error.Message).Should().Contain("0x80044150");
    }

    [Fact]
    public async Task Deletion_that_is_refused_for_a_temporary_reason_is_never_left_to_a_person()
    {
        using var crm = new EngineFixture(mapping => mapping.OnDeletion(DeletionPolicy.DeleteRecord)
            .Retry(new() { SkipAfterIdenticalFailures = 2, LongestDelay = TimeSpan.FromMinutes(5) }));
        var (customer, account) = await crm.NewPairAsync();
        crm.Accounts.Delete(account);
        crm.Local.Faults.OnWrite = (_, _) => InMemoryWriteFault.Transient;
        for (var run = 0; run < 4; run++)
        {
            _ = await crm.ModifiedAsync();
            crm.Later();
        }

        crm.Local.Faults.Clear();
        _ = await crm.ModifiedAsync();

        crm.Customers.Find(customer).Should().BeNull();
    }

    [Fact]
    public async Task Refusal_that_differs_in_a_correlation_id_only_counts_as_the_same()
    {
        var rule = new TestRule
        {
            Select = _ => throw new SyncRuleException(
                $"Refused. CorrelationId: {Guid.NewGuid()}. Took {Random.Shared.Next()} ms."),
        };
        using var crm = new EngineFixture(new FixtureOptions
        {
            Customer = mapping => mapping.Retry(new RetryPolicy { SkipAfterIdenticalFailures = 3 }),
            Rules = [rule],
        });
        _ = crm.Customers.Insert(("displayName", "Adatum"));
        _ = await crm.FullAsync();
        crm.Later();
        _ = await crm.ModifiedAsync();
        var second = (await crm.FailuresAsync())[0];
        rule.Select = _ => throw new SyncRuleException("Refused for another reason.");
        crm.Later();

        _ = await crm.ModifiedAsync();

        second.Attempts.Should().Be(2);
        (await crm.FailuresAsync())[0].Attempts.Should().Be(1);
    }

    [Fact]
    public async Task Record_that_fails_alike_again_is_skipped_until_somebody_retries_it()
    {
        using var crm = new EngineFixture(mapping => mapping.Retry(new RetryPolicy { SkipAfterIdenticalFailures = 2 }));
        var customer = crm.Customers.Insert(("displayName", "Adatum")).Id;
        crm.Integration.Faults.FailWrites(InMemoryWriteFault.Rejected, InMemoryWriteFault.Rejected);
        _ = await crm.FullAsync();
        crm.Later();
        _ = await crm.ModifiedAsync();
        var skipped = (await crm.FailuresAsync()).Should().ContainSingle().Subject;
        crm.Later();

        _ = await crm.ModifiedAsync();
        var full = await crm.FullAsync();
        var before = crm.Accounts.Count;
        var retried = await crm.Engine.Issues.RetryAsync("CUSTOMER", SyncSide.Local, [customer]);

        (skipped.State, skipped.NextTryOn, before).Should().Be((RecordFailureState.Skipped, null, 0));
        full.Counters.Should().Be(new SyncCounters { Skipped = 1 });
        retried.Counters.Should().Be(new SyncCounters { Inserted = 1 });
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Failed_creation_is_finished_by_a_run_that_creates_nothing_new()
    {
        using var crm = new EngineFixture(mapping => mapping.OnlyCoupledRecords(true));
        _ = crm.Customers.Insert(("displayName", "Failed"));
        crm.Integration.Faults.FailWrites(InMemoryWriteFault.Rejected);
        _ = await crm.FullAsync();
        _ = crm.Customers.Insert(("displayName", "New"));
        crm.Later();

        var job = await crm.ModifiedAsync();

        job.Counters.Should().Be(new SyncCounters { Inserted = 1, Skipped = 1 });
        crm.Accounts.Records.Should().ContainSingle().Which["name"].AsText().Should().Be("Failed");
    }

    [Fact]
    public async Task Failed_record_that_no_longer_exists_is_forgotten()
    {
        using var crm = new EngineFixture();
        var customer = crm.Customers.Insert(("displayName", "Adatum")).Id;
        crm.Integration.Faults.FailWrites(InMemoryWriteFault.Rejected);
        _ = await crm.FullAsync();
        crm.Customers.Delete(customer);
        crm.Later();

        _ = await crm.ModifiedAsync();

        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Failed_edit_that_was_taken_back_is_forgotten()
    {
        using var crm = new EngineFixture();
        var (customer, _) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("displayName", "Refused"));
        crm.Integration.Faults.FailWrites(InMemoryWriteFault.Rejected);
        _ = await crm.ModifiedAsync();
        crm.Customers.Update(customer, ("displayName", "Adatum"));
        crm.Later();

        _ = await crm.ModifiedAsync();

        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Record_whose_partner_was_deleted_stays_listed_when_everything_is_retried()
    {
        using var crm = new EngineFixture();
        var (_, account) = await crm.NewPairAsync();
        crm.Accounts.Delete(account);
        _ = await crm.ModifiedAsync();
        crm.Later();

        _ = await crm.ModifiedAsync(new() { RetriesAllFailures = true });

        (await crm.FailuresAsync())
            .Should().ContainSingle().Which.Error.Code.Should().Be(SyncErrorCodes.CoupledRecordDeleted);
    }

    [Fact]
    public async Task Retrying_follows_a_deletion_policy_that_was_changed_since()
    {
        using var crm = new EngineFixture();
        var (customer, account) = await crm.NewPairAsync();
        crm.Accounts.Delete(account);
        _ = await crm.ModifiedAsync();
        crm.Engine.Mappings.Change("CUSTOMER", mapping => mapping.OnDeletion(DeletionPolicy.RestoreRecords));

        var job = await crm.Engine.Issues.RetryAsync("CUSTOMER", SyncSide.Local, [customer]);

        job.Counters.Should().Be(new SyncCounters { Inserted = 1 });
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task One_bad_record_holds_back_neither_its_page_nor_its_other_side()
    {
        using var crm = new EngineFixture();
        var bad = crm.Customers.Insert(("displayName", "Bad")).Id;
        _ = crm.Customers.Insert(("displayName", "Good"));
        crm.Integration.Faults.OnWrite = (_, operation) =>
            operation.Fields.Any(write => write.Value == FieldValue.Text("Bad"))
                ? InMemoryWriteFault.Rejected
                : InMemoryWriteFault.None;

        var job = await crm.FullAsync();

        job.Should()
            .BeEquivalentTo(
                new { Status = SyncJobStatus.Finished, Counters = new SyncCounters { Inserted = 1, Failed = 1 } });
        (await crm.ErrorsAsync(job))
            .Should().ContainSingle().Which.Record.Should().Be(new RecordKey(SyncSide.Local, bad));
    }

    [Fact]
    public async Task Half_of_a_merge_that_failed_is_kept_and_the_other_half_is_retried()
    {
        using var crm = new EngineFixture();
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("displayName", "Ours"));
        crm.Accounts.Update(account, ("creditlimit", 9m));
        crm.Integration.Faults.FailWrites(InMemoryWriteFault.Rejected);
        _ = await crm.ModifiedAsync();
        crm.Customers.Update(customer, ("creditLimit", 10m));
        crm.Later();

        _ = await crm.ModifiedAsync();

        (crm.Name(account), crm.Accounts.Find(account)!["creditlimit"].AsDecimal()).Should().Be(("Ours", 10m));
        (await crm.ConflictsAsync(includeResolved: true)).Should().BeEmpty();
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Number_that_is_taken_on_the_other_side_fails_with_its_own_code()
    {
        using var crm = new EngineFixture(mapping =>
            mapping.MatchOnNothing().Field("number", "accountnumber", field => field.Direction(SyncDirection.Bidirectional)));
        _ = crm.Customers.Insert(("number", "10000"), ("displayName", "Ours"));
        _ = crm.Accounts.Insert(("accountnumber", "10000"), ("name", "Theirs"));

        _ = await crm.FullAsync();

        (await crm.FailuresAsync()).Should().ContainSingle().Which.Error.Code.Should().Be(SyncErrorCodes.AlreadyExists);
        crm.Customers.Count.Should().Be(1);
    }

    private sealed class CarelessConverter : IFieldConverter
    {
        public const string Fatal = "Fatal";

        public FieldValue ToIntegration(FieldValue local) =>
            local.AsText() == Fatal ? throw new KeyNotFoundException() : local;

        public FieldValue ToLocal(FieldValue integration) => integration;
    }
}
