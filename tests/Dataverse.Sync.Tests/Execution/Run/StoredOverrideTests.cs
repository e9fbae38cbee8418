using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution.Run;

/// <summary>Changed mappings in the coupling store: who sees them, and what becomes of them.</summary>
public sealed class StoredOverrideTests
{
    private const string Mapping = EngineFixture.Mapping;

    [Fact]
    public async Task Stored_change_survives_a_restart_and_applies_to_the_next_run_of_every_engine()
    {
        using var crm = new EngineFixture();
        var (customer, account) = await crm.NewPairAsync();
        using var other = crm.NewEngine();
        crm.Engine.Mappings.Change(Mapping, mapping => mapping.Field("displayName", "name", field => field.Disabled()));

        await crm.Engine.Overrides.StoreAsync("customer");

        crm.Customers.Update(customer, ("displayName", "Held back"));
        _ = await other.SynchronizeModifiedAsync();
        crm.Name(account).Should().Be("Adatum");
        crm.Restart();
        _ = await crm.ModifiedAsync();
        crm.Name(account).Should().Be("Adatum");
        (await crm.Engine.Overrides.ListDifferencesAsync(Mapping)).Should().Equal(
            new MappingDifference("fields[displayName>name].isEnabled", "true", "false"));

        await crm.Engine.Overrides.UseDefaultSetupAsync(Mapping);
        crm.Later();
        _ = await other.SynchronizeFullAsync();

        crm.Name(account).Should().Be("Held back");
        (await crm.Engine.Overrides.ListDifferencesAsync(Mapping)).Should().BeEmpty();
        (await crm.Engine.Overrides.ListAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Run_that_picks_up_a_change_sends_no_request_more_than_another()
    {
        using var crm = new EngineFixture();
        _ = await crm.NewPairAsync();
        using var other = crm.NewEngine();
        _ = await crm.ModifiedAsync();
        var idle = await CallsAsync(crm, () => crm.ModifiedAsync());
        await other.Overrides.ChangeAsync(Mapping, mapping => mapping.OnUpdateConflict(UpdateConflictPolicy.NewestWins));

        var calls = await CallsAsync(crm, () => crm.ModifiedAsync());

        calls.Should().Be(idle);
        crm.Engine.Mappings[Mapping].UpdateConflictPolicy.Should().Be(UpdateConflictPolicy.NewestWins);
    }

    [Fact]
    public async Task Two_engines_that_change_one_mapping_do_not_overwrite_each_other_silently()
    {
        using var crm = new EngineFixture();
        using var other = crm.NewEngine();
        crm.Engine.Mappings.Change(Mapping, mapping => mapping.OnlyCoupledRecords(true));
        other.Mappings.Change(Mapping, mapping => mapping.OnUpdateConflict(UpdateConflictPolicy.NewestWins));
        await crm.Engine.Overrides.StoreAsync(Mapping);

        var store = () => other.Overrides.StoreAsync(Mapping);

        (await store.Should().ThrowAsync<OverrideConflictException>()).Which.Mapping.Should().Be(Mapping);
        other.Mappings.Reset(Mapping);
        other.Mappings.Change(Mapping, mapping => mapping.OnUpdateConflict(UpdateConflictPolicy.NewestWins));
        await other.Overrides.StoreAsync(Mapping);
        await crm.Engine.Overrides.RefreshAsync();
        crm.Engine.Mappings[Mapping].Should().Match<IIntegrationTableMapping>(mapping =>
            mapping.SynchronizesOnlyCoupledRecords && mapping.UpdateConflictPolicy == UpdateConflictPolicy.NewestWins);
    }

    [Fact]
    public async Task Changes_that_engines_make_at_once_are_all_kept()
    {
        using var crm = new EngineFixture();
        Action<IntegrationTableMappingBuilder>[] changes =
        [
            mapping => mapping.OnlyCoupledRecords(true),
            mapping => mapping.OnUpdateConflict(UpdateConflictPolicy.NewestWins),
            mapping => mapping.OnDeletion(DeletionPolicy.RemoveCoupling),
            mapping => mapping.MaximumDeletionShare(0.5),
        ];
        var engines = changes.Select(_ => crm.NewEngine()).ToList();

        await Task.WhenAll(changes.Select((change, place) => Task.Run(
            () => engines[place].Overrides.ChangeAsync(Mapping, change))));

        (await crm.Engine.Overrides.ListDifferencesAsync(Mapping)).Select(difference => difference.Setting).Should().BeEquivalentTo(
            "synchronizesOnlyCoupledRecords", "updateConflictPolicy", "deletionPolicy", "maximumDeletionShare");
        engines.ForEach(engine => engine.Dispose());
    }

    [Fact]
    public async Task Change_that_began_before_the_stored_one_was_read_is_refused()
    {
        using var crm = new EngineFixture();
        await crm.Engine.Overrides.SwitchOffAsync(Mapping);
        using var other = crm.NewEngine();
        other.Mappings.Change(Mapping, mapping => mapping.OnlyCoupledRecords(true));

        var store = () => other.Overrides.StoreAsync(Mapping);

        await store.Should().ThrowAsync<OverrideConflictException>();
    }

    [Fact]
    public async Task Mapping_that_is_switched_off_is_skipped_with_a_reason_and_its_dependents_run()
    {
        using var crm = new EngineFixture();
        var (customer, account) = await crm.NewPairAsync();
        await crm.Engine.Overrides.SwitchOffAsync("SALESPERSON");
        crm.Customers.Update(customer, ("displayName", "Contoso"));

        var jobs = await crm.Engine.SynchronizeModifiedAsync();
        var preview = await crm.Engine.PreviewAsync(SyncJobKind.Full);
        var named = () => crm.Engine.SynchronizeTableAsync("SALESPERSON");
        var previewed = () => crm.Engine.PreviewAsync("salesperson", SyncJobKind.Full);
        _ = await crm.Engine.ValidateAsync();

        jobs.Select(job => job.Status).Should().Equal(SyncJobStatus.Skipped, SyncJobStatus.Finished);
        jobs[0].Message.Should().Be("Mapping 'SALESPERSON' was not run, because it is switched off.");
        crm.Name(account).Should().Be("Contoso");
        preview.Jobs.Select(job => job.Status).Should().Equal(SyncJobStatus.Skipped, SyncJobStatus.Finished);
        (await named.Should().ThrowAsync<SyncConfigurationException>()).WithMessage("Mapping 'SALESPERSON' is switched off*");
        (await previewed.Should().ThrowAsync<SyncConfigurationException>()).WithMessage("Mapping 'SALESPERSON' is switched off*");
        await crm.Engine.Overrides.SwitchOnAsync("SALESPERSON");
        (await crm.Engine.SynchronizeModifiedAsync()).Should().OnlyContain(job => job.Status == SyncJobStatus.Finished);
        (await crm.Engine.Overrides.ListAsync()).Should().BeEmpty("nothing differs any more");
    }

    [Fact]
    public async Task Mapping_that_is_switched_off_is_not_validated_unless_lookups_lead_through_it()
    {
        using var crm = new EngineFixture();
        var broken = new IntegrationTableMappingBuilder("BROKEN").Between("nowhere", "nothing").Enabled(false);
        crm.Engine.Mappings.Set(broken.Build());
        crm.Engine.Mappings.Change(Mapping, mapping => mapping.DependsOn("BROKEN"));

        _ = await crm.Engine.ValidateAsync();
        var jobs = await crm.Engine.SynchronizeModifiedAsync();

        jobs.Select(job => (job.Key.Mapping, job.Status)).Should().BeEquivalentTo(
            [("BROKEN", SyncJobStatus.Skipped), ("SALESPERSON", SyncJobStatus.Finished), (Mapping, SyncJobStatus.Finished)]);
        crm.Engine.Mappings.Change("BROKEN", mapping => mapping.Enabled());
        var validate = () => crm.Engine.ValidateAsync();
        await validate.Should().ThrowAsync<SyncConfigurationException>();
    }

    [Theory]
    [InlineData("{ damaged")]
    [InlineData("{\"version\":2,\"changes\":{}}")]
    [InlineData("{\"version\":1,\"changes\":{\"setting of tomorrow\":1}}")]
    public async Task Override_that_cannot_be_read_stops_its_mapping_only_and_can_be_removed(string document)
    {
        using var crm = new EngineFixture();
        await SaveAsync(crm, Mapping, document);
        using var engine = crm.NewEngine();

        var run = () => engine.SynchronizeModifiedAsync();
        var compare = () => engine.Overrides.ListDifferencesAsync(Mapping);

        var jobs = (await run.Should().ThrowAsync<SyncRunException>()).Which.Jobs;
        jobs.Select(job => job.Status).Should().Equal(SyncJobStatus.Finished, SyncJobStatus.Stopped);
        jobs[1].Message.Should().Match($"Mapping '{Mapping}': its stored override cannot be used*UseDefaultSetupAsync*");
        await compare.Should().ThrowAsync<SyncConfigurationException>();
        (await engine.Overrides.ListAsync()).Should().ContainSingle().Which.Document.Should().Be(document);
        await engine.Overrides.UseDefaultSetupAsync(Mapping);
        (await engine.SynchronizeModifiedAsync()).Should().OnlyContain(job => job.Status == SyncJobStatus.Finished);
    }

    [Fact]
    public async Task Override_of_a_field_mapping_that_is_gone_has_no_effect_and_warns()
    {
        using var crm = new EngineFixture();
        await SaveAsync(
            crm,
            Mapping,
            """
            { "version": 1, "changes": { "fields": [
              { "action": "Change", "localField": "gone", "integrationField": "new_gone", "isEnabled": false } ] } }
            """);
        await SaveAsync(crm, "GONE", """{ "version": 1, "changes": { "isEnabled": false } }""");
        using var engine = crm.NewEngine();

        var report = await engine.ValidateAsync();
        var jobs = await engine.SynchronizeModifiedAsync();

        report.Warnings.Should().Contain(warning => warning.Mapping == Mapping
            && warning.Message.Contains("changes field mapping 'gone>new_gone', which no longer exists"));
        jobs.Should().OnlyContain(job => job.Status == SyncJobStatus.Finished).And.HaveCount(2);
        await engine.Overrides.UseDefaultSetupAsync("gone");
        (await engine.Overrides.ListAsync()).Select(item => item.Mapping).Should().Equal(Mapping);
    }

    [Fact]
    public async Task Mapping_that_was_added_or_removed_is_stored_as_such()
    {
        using var crm = new EngineFixture();
        crm.Engine.Mappings.Set(new IntegrationTableMappingBuilder("EXTRA").Between("customers", "account")
            .Field("displayName", "name").Build());
        await crm.Engine.Overrides.StoreAsync("extra");
        await crm.Engine.Overrides.RemoveAsync(Mapping);
        using var other = crm.NewEngine();

        await other.Overrides.RefreshAsync();

        other.Mappings.All.Select(mapping => mapping.Name).Should().Equal("SALESPERSON", "EXTRA");
        (await other.Overrides.ListDifferencesAsync(Mapping)).Should().ContainSingle().Which.Present.Should().BeNull();
        (await other.Overrides.ListDifferencesAsync("EXTRA")).Should().ContainSingle().Which.Default.Should().BeNull();
        await other.Overrides.UseDefaultSetupAsync(Mapping);
        await other.Overrides.UseDefaultSetupAsync("EXTRA");
        other.Mappings.All.Select(mapping => mapping.Name).Should().Equal("SALESPERSON", Mapping);
    }

    [Fact]
    public async Task Run_does_not_start_if_it_cannot_read_whether_its_mapping_was_switched_off()
    {
        using var crm = new EngineFixture();
        _ = await crm.NewPairAsync();
        crm.Store.OnOverrides = () => throw new CouplingStoreException(CouplingStoreFailure.Locked, "The store is locked.");

        var one = () => crm.ModifiedAsync();
        var all = () => crm.Engine.SynchronizeModifiedAsync();

        await one.Should().ThrowAsync<CouplingStoreException>();
        (await all.Should().ThrowAsync<SyncRunException>()).Which.Jobs.Should().OnlyContain(job => job.Status == SyncJobStatus.Stopped);
        crm.Store.OnOverrides = null;
        (await crm.ModifiedAsync()).Status.Should().Be(SyncJobStatus.Finished);
    }

    [Fact]
    public async Task Change_without_a_name_for_its_converter_is_refused_and_the_mapping_keeps_its_change_in_memory()
    {
        using var crm = new EngineFixture();
        crm.Engine.Mappings.Change(Mapping, mapping => mapping.Field(
            "displayName", "name", field => field.Convert(new Nameless())));

        var store = () => crm.Engine.Overrides.StoreAsync(Mapping);

        await store.Should().ThrowAsync<SyncConfigurationException>().WithMessage("*converter Nameless has no name*");
        (await crm.Engine.Overrides.ListDifferencesAsync(Mapping)).Should().ContainSingle()
            .Which.Setting.Should().Be("fields[displayName>name].converter");
        (await crm.Engine.Overrides.ListAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Change_that_cannot_be_stored_at_once_does_not_stay_in_memory()
    {
        using var crm = new EngineFixture();
        var before = crm.Engine.Mappings[Mapping];

        var nameless = () => crm.Engine.Overrides.ChangeAsync(Mapping, mapping => mapping.Field(
            "displayName", "name", field => field.Convert(new Nameless())));
        var invalid = () => crm.Engine.Overrides.ChangeAsync(Mapping, mapping => mapping.MaximumDeletionShare(2));

        await nameless.Should().ThrowAsync<SyncConfigurationException>();
        await invalid.Should().ThrowAsync<SyncConfigurationException>();
        crm.Engine.Mappings[Mapping].Should().BeSameAs(before);
        crm.Store.OnOverrides = () => throw new CouplingStoreException(CouplingStoreFailure.Unavailable, "Full.");
        var full = () => crm.Engine.Overrides.SwitchOffAsync(Mapping);
        await full.Should().ThrowAsync<CouplingStoreException>();
        crm.Engine.Mappings[Mapping].Should().BeSameAs(before);
    }

    [Fact]
    public async Task Run_keeps_the_mapping_with_which_it_started()
    {
        using var crm = new EngineFixture();
        using var other = crm.NewEngine();
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("displayName", "Contoso"));
        var isChanged = false;
        crm.Local.Faults.BeforeCall = async (_, cancellationToken) =>
        {
            if (!isChanged)
            {
                isChanged = true;
                await other.Overrides.SwitchOffAsync(Mapping, cancellationToken);
            }
        };

        var job = await crm.ModifiedAsync();

        isChanged.Should().BeTrue();
        job.Status.Should().Be(SyncJobStatus.Finished);
        crm.Name(account).Should().Be("Contoso");
        var next = () => crm.ModifiedAsync();
        await next.Should().ThrowAsync<SyncConfigurationException>().WithMessage("*is switched off*");
    }

    [Fact]
    public async Task Overrides_belong_to_a_scope()
    {
        using var crm = new EngineFixture();
        using var elsewhere = new SyncEngine(new()
        {
            Local = crm.Local,
            Integration = crm.Integration,
            Store = crm.Memory,
            Scope = new("another company"),
            Mappings = crm.Engine.Mappings.All,
        });

        await crm.Engine.Overrides.SwitchOffAsync(Mapping);

        (await elsewhere.Overrides.ListAsync()).Should().BeEmpty();
        (await elsewhere.Overrides.ListDifferencesAsync(Mapping)).Should().BeEmpty();
    }

    [Fact]
    public async Task Diagnosis_leaves_out_what_is_switched_off()
    {
        using var crm = new EngineFixture();
        crm.Engine.Mappings.Set(new IntegrationTableMappingBuilder("BROKEN").Between("nowhere", "nothing").Build());

        var on = await crm.Engine.DiagnoseAsync();
        await crm.Engine.Overrides.SwitchOffAsync("BROKEN");
        var off = await crm.Engine.DiagnoseAsync();

        on.Findings.Should().Contain(finding => finding.Mapping == "BROKEN");
        off.Findings.Should().NotContain(finding => finding.Mapping == "BROKEN");
    }

    [Fact]
    public async Task Unknown_mapping_is_named()
    {
        using var crm = new EngineFixture();
        Func<Task>[] calls =
        [
            () => crm.Engine.Overrides.StoreAsync("what"),
            () => crm.Engine.Overrides.SwitchOffAsync("what"),
            () => crm.Engine.Overrides.RemoveAsync("what"),
            () => crm.Engine.Overrides.UseDefaultSetupAsync("what"),
            () => crm.Engine.Overrides.ListDifferencesAsync("what"),
        ];

        foreach (var call in calls)
        {
            await call.Should().ThrowAsync<SyncConfigurationException>().WithMessage("There is no mapping named 'what'.");
        }
    }

    private static async Task<(long Local, long Integration)> CallsAsync(EngineFixture crm, Func<Task> run)
    {
        var (local, integration) = (crm.Local.Calls.Total, crm.Integration.Calls.Total);
        await run();
        return (crm.Local.Calls.Total - local, crm.Integration.Calls.Total - integration);
    }

    private static async Task SaveAsync(EngineFixture crm, string mapping, string document) =>
        (await crm.Memory.TrySaveOverrideAsync(
            crm.Engine.Scope.Name, new() { Mapping = mapping, Version = 0, Document = document }, default)).Should().BeTrue();

    private sealed class Nameless : IFieldConverter
    {
        public FieldValue ToIntegration(FieldValue local) => local;

        public FieldValue ToLocal(FieldValue integration) => integration;
    }
}
