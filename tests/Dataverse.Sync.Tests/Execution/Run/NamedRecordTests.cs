using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution;

/// <summary>Every action by a person ends in a change or in a stated reason.</summary>
public sealed class NamedRecordTests
{
    [Theory]
    [InlineData(SyncSide.Local)]
    [InlineData(SyncSide.Integration)]
    public async Task I24_Named_record_that_does_not_exist_is_an_error(SyncSide side)
    {
        using var crm = new EngineFixture();
        var id = Guid.NewGuid();

        var job = await crm.Engine.SynchronizeRecordAsync("CUSTOMER", side, id);

        job.Counters.Should().Be(new SyncCounters { Failed = 1 });
        var error = (await crm.ErrorsAsync(job)).Should().ContainSingle().Subject;
        (error.Record, error.Error.Code).Should().Be((new RecordKey(side, id), SyncErrorCodes.NotFound));
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task I24_Named_record_outside_the_filter_is_skipped_with_the_reason()
    {
        using var crm = new EngineFixture(mapping => mapping.LocalFilter(RecordFilter.IsNotBlank("website")));
        var id = crm.Insert(SyncSide.Local, "Adatum");

        var job = await crm.Engine.SynchronizeRecordAsync("CUSTOMER", SyncSide.Local, id);

        job.Counters.Should().Be(new SyncCounters { Skipped = 1 });
        (await crm.ErrorsAsync(job)).Should().ContainSingle().Which.Error.Code.Should().Be(SyncErrorCodes.OutsideFilter);
    }

    [Fact]
    public async Task I24_Named_record_that_is_skipped_is_told_with_its_error()
    {
        using var crm = new EngineFixture(mapping => mapping.Retry(new() { SkipAfterIdenticalFailures = 1 }));
        var id = crm.Customers.Insert(("displayName", "Adatum"), ("salespersonCode", "NOBODY")).Id;
        _ = await crm.FullAsync();

        var job = await crm.Engine.SynchronizeRecordAsync("CUSTOMER", SyncSide.Local, id);

        job.Counters.Should().Be(new SyncCounters { Skipped = 1 });
        var error = (await crm.ErrorsAsync(job)).Should().ContainSingle().Subject.Error;
        error.Code.Should().Be(SyncErrorCodes.ReferenceNotFound);
        error.Message.Should().ContainAll("skipped", "NOBODY", "SALESPERSON");
        (await crm.FailuresAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task I24_Named_record_that_the_direction_does_not_create_is_skipped_with_the_reason()
    {
        using var crm = new EngineFixture(mapping => mapping.Direction(SyncDirection.FromIntegrationTable));
        var id = crm.Insert(SyncSide.Local, "Adatum");

        var job = await crm.Engine.SynchronizeRecordAsync("CUSTOMER", SyncSide.Local, id);

        job.Counters.Should().Be(new SyncCounters { Skipped = 1 });
        (await crm.ErrorsAsync(job)).Should().ContainSingle().Which.Error.Message.Should().Contain("direction");
    }

    [Fact]
    public async Task I24_Retry_of_a_record_that_is_gone_says_so_and_removes_its_failure()
    {
        using var crm = new EngineFixture();
        var id = crm.Customers.Insert(("displayName", "Adatum"), ("salespersonCode", "NOBODY")).Id;
        _ = await crm.FullAsync();
        crm.Customers.Delete(id);

        var job = await crm.Engine.Issues.RetryAsync("CUSTOMER", SyncSide.Local, [id]);

        (await crm.ErrorsAsync(job)).Should().ContainSingle().Which.Error.Code.Should().Be(SyncErrorCodes.NotFound);
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task I24_Unknown_field_key_of_a_resolution_is_named_with_the_known_ones()
    {
        using var crm = new EngineFixture();
        var conflict = await NewConflictAsync(crm);

        var unknown = () => crm.Engine.Issues.ResolveAsync(
            "CUSTOMER", conflict.Id, new Dictionary<FieldMappingKey, SyncSide> { ["nothing>name"] = SyncSide.Local });
        var none = () => crm.Engine.Issues.ResolveAsync(
            "CUSTOMER", conflict.Id, new Dictionary<FieldMappingKey, SyncSide>());

        (await unknown.Should().ThrowAsync<SyncConfigurationException>()).Which.Message
            .Should().ContainAll("'nothing>name'", "'displayName>name'");
        await none.Should().ThrowAsync<SyncConfigurationException>();
    }

    [Fact]
    public async Task I24_Resolution_of_a_field_that_changed_meanwhile_says_so()
    {
        using var crm = new EngineFixture();
        var conflict = await NewConflictAsync(crm);
        crm.Customers.Update(conflict.LocalId, ("displayName", "Ours again"));

        var job = await crm.Engine.Issues.ResolveAsync("CUSTOMER", conflict.Id, SyncSide.Integration);

        job.Counters.Should().Be(new SyncCounters { Conflicted = 1 });
        var error = (await crm.ErrorsAsync(job)).Should().ContainSingle().Subject.Error;
        (error.Code, error.Field).Should().Be((SyncErrorCodes.ConflictChanged, "displayName>name"));
    }

    [Fact]
    public async Task I24_Matching_without_criteria_is_refused()
    {
        using var crm = new EngineFixture(mapping => mapping.MatchOnNothing());

        var match = () => crm.Engine.Couplings.MatchAsync("CUSTOMER");

        (await match.Should().ThrowAsync<SyncConfigurationException>()).WithMessage("*CUSTOMER*match fields*");
    }

    public static TheoryData<string, Func<SyncEngine, Task>> CallsWithoutRecords() => new()
    {
        { "synchronize", engine => engine.SynchronizeRecordsAsync("CUSTOMER", SyncSide.Local, []) },
        { "preview", engine => engine.PreviewRecordsAsync("CUSTOMER", SyncSide.Local, []) },
        { "retry", engine => engine.Issues.RetryAsync("CUSTOMER", SyncSide.Local, []) },
        { "uncouple", engine => engine.Couplings.UncoupleAsync("CUSTOMER", SyncSide.Local, []) },
    };

    [Theory]
    [MemberData(nameof(CallsWithoutRecords))]
    public async Task I24_A_call_that_names_no_record_is_refused(string name, Func<SyncEngine, Task> call)
    {
        using var crm = new EngineFixture();

        var act = () => call(crm.Engine);

        (await act.Should().ThrowAsync<ArgumentException>(name)).Which.ParamName.Should().Be("ids");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task I24_Deciding_about_a_deletion_that_did_not_happen_says_so(bool restores)
    {
        using var crm = new EngineFixture();
        var (customer, account) = await crm.NewPairAsync();

        var job = restores
            ? await crm.Engine.Issues.RestoreAsync("CUSTOMER", SyncSide.Local, customer)
            : await crm.Engine.Issues.DeleteSurvivorAsync("CUSTOMER", SyncSide.Local, customer);

        var error = (await crm.ErrorsAsync(job)).Should().ContainSingle().Subject;
        (error.Record, error.Error.Code).Should().Be((new RecordKey(SyncSide.Integration, account), SyncErrorCodes.NotDeleted));
        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 1));
    }

    [Fact]
    public async Task I24_A_restoration_against_the_direction_says_what_prevents_it()
    {
        using var crm = new EngineFixture(mapping => mapping.Direction(SyncDirection.ToIntegrationTable)
            .Field("website", "websiteurl", field => field.Disabled()));
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Delete(customer);

        var job = await crm.Engine.Issues.RestoreAsync("CUSTOMER", SyncSide.Integration, account);

        job.Counters.Should().Be(new SyncCounters { Failed = 1 });
        (await crm.ErrorsAsync(job)).Should().ContainSingle().Which.Error.Message.Should()
            .Contain("RestoreRecords").And.Contain("direction of mapping 'CUSTOMER'").And.Contain("local");
    }

    [Fact]
    public async Task I24_A_decision_about_a_field_that_is_no_longer_synchronized_is_refused()
    {
        using var crm = new EngineFixture();
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("displayName", "Here"));
        crm.Accounts.Update(account, ("name", "There"));
        _ = await crm.ModifiedAsync();
        var conflict = (await crm.ConflictsAsync()).Single();
        crm.Engine.Mappings.Change("CUSTOMER", mapping => mapping.Field("displayName", "name", field => field.Disabled()));

        var resolve = () => crm.Engine.Issues.ResolveAsync("CUSTOMER", conflict.Id, SyncSide.Local);

        (await resolve.Should().ThrowAsync<SyncConfigurationException>()).WithMessage("*'CUSTOMER'*'displayName>name'*");
        (await crm.ConflictsAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task I24_Uncoupling_a_record_that_is_not_coupled_says_so()
    {
        using var crm = new EngineFixture();
        var id = crm.Insert(SyncSide.Local, "Adatum");

        var job = await crm.Engine.Couplings.UncoupleAsync("CUSTOMER", SyncSide.Local, [id]);

        job.Counters.Should().Be(new SyncCounters { Skipped = 1 });
        (await crm.ErrorsAsync(job)).Should().ContainSingle().Which.Error.Code.Should().Be(SyncErrorCodes.NotCoupled);
    }

    [Fact]
    public async Task Named_records_can_be_previewed()
    {
        using var crm = new EngineFixture();
        var first = crm.Insert(SyncSide.Local, "First");
        _ = crm.Insert(SyncSide.Local, "Second");
        var nobody = Guid.NewGuid();

        var preview = await crm.Engine.PreviewRecordsAsync("CUSTOMER", SyncSide.Local, [first, nobody]);

        preview.Operations.Should().ContainSingle().Which.Kind.Should().Be(WriteKind.Insert);
        preview.Errors.Should().ContainSingle().Which.Record.Id.Should().Be(nobody);
        preview.Jobs.Should().ContainSingle().Which.Counters.Should().Be(new SyncCounters { Inserted = 1, Failed = 1 });
        crm.Writes.Should().Be(0);
        (await crm.CouplingsAsync()).Should().BeEmpty();
    }

    private static async Task<RecordConflict> NewConflictAsync(EngineFixture crm)
    {
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("displayName", "Ours"));
        crm.Accounts.Update(account, ("name", "Theirs"));
        _ = await crm.ModifiedAsync();
        return (await crm.ConflictsAsync()).Should().ContainSingle().Subject;
    }
}
