using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution;

/// <summary>Definitions that change while the engine runs.</summary>
public sealed class SchemaChangeTests
{
    [Fact]
    [Trait("parity", "BC-9-02")]
    public async Task A_value_of_a_new_option_travels_in_the_first_run_after_the_change()
    {
        using var crm = new EngineFixture();
        var (customer, account) = await crm.NewPairAsync();
        var (engine, target) = EngineOver(crm);
        target.OnSchema = schema => Without(schema, "category", FieldValue.Integer(1));
        _ = await engine.SynchronizeModifiedAsync();
        target.OnSchema = null;
        crm.Customers.Update(customer, ("category", "Preferred"));

        var job = await engine.SynchronizeTableAsync("CUSTOMER");

        job.Counters.Should().Be(new SyncCounters { Modified = 1 });
        crm.Accounts.Find(account)!["category"].AsInteger().Should().Be(1);
        (await crm.FailuresAsync()).Should().BeEmpty();
        (await engine.JobLog.ListErrorsAsync(job.Id, default)).Should().BeEmpty("the first attempt is forgotten with its schema");
        engine.Dispose();
    }

    [Fact]
    public async Task A_value_that_no_option_has_costs_one_read_of_the_schema_in_each_run_that_tries_it()
    {
        using var crm = new EngineFixture();
        var (customer, _) = await crm.NewPairAsync();
        var (engine, target) = EngineOver(crm);
        target.OnSchema = schema => Without(schema, "category", FieldValue.Integer(1));
        _ = await engine.SynchronizeModifiedAsync();
        crm.Customers.Update(customer, ("category", "Preferred"));
        var before = target.SchemasRead;

        var job = await engine.SynchronizeTableAsync("CUSTOMER");
        var failing = target.SchemasRead;
        _ = await engine.SynchronizeTableAsync("CUSTOMER");

        job.Counters.Should().Be(new SyncCounters { Failed = 1 });
        (await engine.JobLog.ListErrorsAsync(job.Id, default)).Should().ContainSingle();
        failing.Should().BeInRange(before + 1, before + 2);
        target.SchemasRead.Should().Be(failing, "the record is not due yet");
        engine.Dispose();
    }

    [Fact]
    public async Task A_text_that_became_too_long_is_sent_again_in_the_new_length_by_the_same_run()
    {
        using var crm = new EngineFixture();
        var (customer, account) = await crm.NewPairAsync();
        var (engine, target) = EngineOver(crm);
        _ = await engine.SynchronizeModifiedAsync();
        target.OnSchema = schema => With(schema, "name", field => field with { MaxLength = 5 });
        RefuseLongTexts(target);
        crm.Customers.Update(customer, ("displayName", "Contoso"));

        var job = await engine.SynchronizeTableAsync("CUSTOMER");

        job.Counters.Should().Be(new SyncCounters { Modified = 1 });
        crm.Name(account).Should().Be("Conto");
        engine.Dispose();
    }

    [Fact]
    public async Task A_record_that_is_skipped_because_of_an_old_definition_is_tried_again_with_the_current_one()
    {
        using var crm = new EngineFixture(mapping => mapping.Retry(new() { SkipAfterIdenticalFailures = 1 }));
        var (customer, account) = await crm.NewPairAsync();
        var (engine, target) = EngineOver(crm);
        _ = await engine.SynchronizeModifiedAsync();
        target.OnSchema = schema => With(schema, "name", field => field with { MaxLength = 5 });
        RefuseLongTexts(target);
        crm.Customers.Update(customer, ("displayName", "Contoso"));

        var job = await engine.SynchronizeTableAsync("CUSTOMER");

        job.Counters.Should().Be(new SyncCounters { Modified = 1 });
        crm.Name(account).Should().Be("Conto");
        (await crm.FailuresAsync()).Should().BeEmpty();
        engine.Dispose();
    }

    [Fact]
    public async Task A_run_that_is_stopped_by_too_many_deletions_still_sends_the_text_in_the_new_length()
    {
        using var crm = new EngineFixture(mapping => mapping.OnDeletion(DeletionPolicy.DeleteRecord));
        var (customer, account) = await crm.NewPairAsync();
        for (var number = 0; number < 3; number++)
        {
            _ = crm.Accounts.Insert(("name", $"Gone {number}"));
        }

        await crm.ConvergeAsync();
        var (engine, target) = EngineOver(crm);
        _ = await engine.SynchronizeModifiedAsync();
        target.OnSchema = schema => With(schema, "name", field => field with { MaxLength = 5 });
        RefuseLongTexts(target);
        crm.Customers.Update(customer, ("displayName", "Contoso"));
        foreach (var gone in crm.Accounts.Records.Where(record => record.Id != account).ToList())
        {
            crm.Accounts.Delete(gone.Id);
        }

        var run = () => engine.SynchronizeTableAsync("CUSTOMER");

        (await run()).Status.Should().Be(SyncJobStatus.Stopped);
        crm.Name(account).Should().Be("Conto");
        crm.Customers.Count.Should().Be(4);
        engine.Dispose();
    }

    [Fact]
    public async Task Records_whose_restoration_was_within_the_limit_are_restored_in_the_new_length()
    {
        using var crm = new EngineFixture(mapping => mapping.OnDeletion(DeletionPolicy.RestoreRecords));
        for (var number = 0; number < 4; number++)
        {
            _ = crm.Customers.Insert(("displayName", $"Contoso {number}"));
        }

        await crm.ConvergeAsync();
        var (engine, target) = EngineOver(crm);
        _ = await engine.SynchronizeModifiedAsync();
        target.OnSchema = schema => With(schema, "name", field => field with { MaxLength = 5 });
        RefuseLongTexts(target);
        foreach (var account in crm.Accounts.Records.ToList())
        {
            crm.Accounts.Delete(account.Id);
        }

        foreach (var customer in crm.Customers.Records.Take(2).ToList())
        {
            crm.Customers.Delete(customer.Id);
        }

        var job = await engine.SynchronizeTableAsync("CUSTOMER");

        job.Status.Should().Be(SyncJobStatus.Finished, "two of four pairs are as many as may be restored at once");
        crm.Accounts.Records.Select(account => account["name"].AsText()).Should().Equal("Conto", "Conto");
        engine.Dispose();
    }

    [Fact]
    public async Task A_column_that_vanished_is_reported_with_its_field_mapping()
    {
        using var crm = new EngineFixture();
        _ = await crm.NewPairAsync();
        var (engine, target) = EngineOver(crm);
        _ = await engine.SynchronizeModifiedAsync();
        target.OnSchema = schema => schema with { Fields = [.. schema.Fields.Where(field => field.Name != "postalcode")] };
        target.OnRead = query => _ = query.Fields.Contains("postalcode")
            ? throw new ConnectorException(target.Name, ConnectorFailure.Refused, "There is no such column.") { ContradictsSchema = true }
            : query;

        var run = () => engine.SynchronizeTableAsync("CUSTOMER");

        (await run.Should().ThrowAsync<SyncConfigurationException>()).Which.Message
            .Should().Contain("CUSTOMER").And.Contain("postalcode").And.Contain("postalCode");
        engine.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Schemas_are_read_again_when_they_are_old_and_by_every_validation(bool validates)
    {
        using var crm = new EngineFixture();
        var (engine, target) = EngineOver(crm);
        _ = await engine.ValidateAsync();
        var before = target.SchemasRead;
        _ = await engine.SynchronizeModifiedAsync();
        var kept = target.SchemasRead;

        if (validates)
        {
            _ = await engine.ValidateAsync();
        }
        else
        {
            crm.Time.Advance(TimeSpan.FromHours(1));
            _ = await engine.SynchronizeModifiedAsync();
        }

        kept.Should().Be(before);
        target.SchemasRead.Should().Be(2 * before);
        engine.Dispose();
    }

    private static (SyncEngine Engine, HookedConnector Target) EngineOver(EngineFixture crm)
    {
        var target = new HookedConnector(crm.Integration);
        var engine = crm.EngineOver(target);
        return (engine, target);
    }

    private static TableSchema Without(TableSchema schema, string field, FieldValue option) => With(
        schema, field, known => known with { Options = [.. known.Options.Where(item => item.Value != option)] });

    private static void RefuseLongTexts(HookedConnector target) => target.OnWrite = async (batch, send) =>
        batch.Operations.All(operation => operation.Fields.All(write => write.Field != "name" || write.Value.ToString().Length <= 5))
            ? await send(batch)
            : [.. batch.Operations.Select(_ => new WriteResult
            {
                Status = WriteStatus.Rejected,
                Error = new("TooLong", "The text is too long."),
                ContradictsSchema = true,
            })];

    private static TableSchema With(TableSchema schema, string field, Func<FieldSchema, FieldSchema> change) => schema with
    {
        Fields = [.. schema.Fields.Select(known => known.Name == field ? change(known) : known)],
    };
}
