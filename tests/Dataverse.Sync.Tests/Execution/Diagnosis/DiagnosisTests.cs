using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.Tests.Execution;

/// <summary>A diagnosis says what a run would meet, writes nothing, and goes on when a check fails.</summary>
public sealed class DiagnosisTests
{
    [Fact]
    public async Task A_set_up_without_faults_has_no_errors_and_nothing_is_written()
    {
        using var crm = new EngineFixture();
        _ = crm.Insert(SyncSide.Local, "Adatum");
        _ = crm.Insert(SyncSide.Integration, "Fabrikam");

        var report = await crm.Engine.DiagnoseAsync();

        report.HasErrors.Should().BeFalse();
        report.CountOf(FindingSeverity.Warning).Should().Be(0, report.ToReport());
        report.Findings.Should().Contain(finding => finding.Code == DiagnosisCodes.TableRead && finding.Table == "account"
            && finding.Count == 1 && finding.Mapping == "CUSTOMER");
        (crm.Writes, crm.Local.Calls[InMemoryOperation.Write], crm.Integration.Calls[InMemoryOperation.Write]).Should().Be((0, 0, 0));
        crm.Store.Commits.Should().BeEmpty();
        (await crm.JobLog.ListAsync(crm.Engine.Scope.Name, null, 100, default)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_diagnosis_runs_beside_a_run()
    {
        using var crm = new EngineFixture();
        _ = await crm.Memory.TryAcquireLeaseAsync(
            new(crm.Engine.Scope.Name, "CUSTOMER"), "somebody", TimeSpan.FromHours(1), default);

        var report = await crm.Engine.DiagnoseAsync();

        report.HasErrors.Should().BeFalse();
    }

    [Fact]
    public async Task One_tables_fault_does_not_end_the_report()
    {
        using var crm = new EngineFixture();
        _ = crm.Customers.Insert(("number", "C1"), ("displayName", "Adatum"));
        _ = crm.Customers.Insert(("number", "C2"), ("displayName", "Adatum"));
        crm.Integration.Faults.BeforeCall = (call, _) => call.Table == "account" && call.Operation == InMemoryOperation.ReadChanges
            ? throw new ConnectorException("Dataverse", ConnectorFailure.Authorization, "Dataverse: read 'account': HTTP 403.")
            : ValueTask.CompletedTask;

        var report = await crm.Engine.DiagnoseAsync();

        var error = report.Findings.Should().ContainSingle(finding => finding.Severity == FindingSeverity.Error).Subject;
        (error.Area, error.Code, error.Mapping, error.Table, error.Side).Should().Be(
            (DiagnosisArea.Rights, DiagnosisCodes.TableUnreadable, "CUSTOMER", "account", SyncSide.Integration));
        report.Findings[0].Should().Be(error);
        report.Findings.Where(finding => finding.Code == DiagnosisCodes.TableRead).Select(finding => finding.Table)
            .Should().BeEquivalentTo("salespeople", "systemuser", "customers");
    }

    [Fact]
    public async Task A_system_that_does_not_answer_at_all_is_a_finding()
    {
        using var crm = new EngineFixture();
        crm.Integration.Faults.BeforeCall = (_, _) =>
            throw new ConnectorException("Dataverse", ConnectorFailure.Unreachable, "Dataverse does not answer.");

        var report = await crm.Engine.DiagnoseAsync();

        report.Findings.Where(finding => finding.Severity == FindingSeverity.Error).Select(finding => finding.Mapping)
            .Should().BeEquivalentTo("SALESPERSON", "CUSTOMER");
        report.ToReport().Should().Contain("Dataverse does not answer.");
    }

    [Fact]
    public async Task A_store_that_cannot_be_read_is_a_finding()
    {
        using var crm = new EngineFixture();
        crm.Store.Before = (_, _) => throw new CouplingStoreException(CouplingStoreFailure.Unavailable, "The store is gone.");

        var report = await crm.Engine.DiagnoseAsync();

        report.Findings.Should().Contain(finding => finding.Message.Contains("The store is gone."));
        report.Findings.Should().Contain(finding => finding.Code == DiagnosisCodes.TableRead);
    }

    [Fact]
    public async Task Duplicates_of_a_match_group_are_counted_on_both_sides_and_listed_up_to_a_limit()
    {
        using var crm = new EngineFixture(mapping => mapping.MatchOnNothing().MatchOn("displayName", "name"));
        for (var number = 0; number < 5; number++)
        {
            _ = crm.Insert(SyncSide.Local, "Adatum ");
            _ = crm.Insert(SyncSide.Local, $"Single {number}");
        }

        _ = crm.Insert(SyncSide.Integration, "Fabrikam");
        _ = crm.Insert(SyncSide.Integration, "FABRIKAM");
        _ = crm.Insert(SyncSide.Integration, "Contoso");

        var report = await crm.Engine.DiagnoseAsync(new() { ListedRecords = 3 });

        report.Findings.Where(finding => finding.Code == DiagnosisCodes.DuplicateMatch)
            .Select(finding => (finding.Side, finding.Field, finding.Count, finding.Records.Count)).Should().BeEquivalentTo(
            [(SyncSide.Local, "displayName", 5L, 3), (SyncSide.Integration, "name", 2L, 2)]);
        report.ToReport().Should().NotContain("Adatum").And.NotContain("Fabrikam");
    }

    [Fact]
    public async Task Records_outside_the_filter_and_blank_values_are_no_duplicates()
    {
        using var crm = new EngineFixture(mapping => mapping.MatchOnNothing().MatchOn("displayName", "name")
            .LocalFilter(RecordFilter.NotEqual("blocked", FieldValue.Boolean(true))));
        _ = crm.Insert(SyncSide.Local, "Adatum");
        _ = crm.Customers.Insert(("displayName", "Adatum"), ("blocked", true));
        _ = crm.Customers.Insert(("postalCode", "1"));
        _ = crm.Customers.Insert(("postalCode", "2"));

        var report = await crm.Engine.DiagnoseAsync();

        report.Findings.Should().NotContain(finding => finding.Code == DiagnosisCodes.DuplicateMatch);
    }

    [Fact]
    public async Task Records_are_read_only_if_the_caller_wants_it()
    {
        using var crm = new EngineFixture(mapping => mapping.MatchOnNothing().MatchOn("displayName", "name"));
        _ = crm.Insert(SyncSide.Local, "Adatum");
        _ = crm.Insert(SyncSide.Local, "Adatum");

        var report = await crm.Engine.DiagnoseAsync(new() { ReadsRecords = false });

        report.Findings.Should().NotContain(finding =>
            finding.Code == DiagnosisCodes.DuplicateMatch || finding.Code == DiagnosisCodes.TableRead);
    }

    [Fact]
    public async Task An_invalid_mapping_is_a_finding_and_the_others_are_checked()
    {
        using var crm = new EngineFixture(mapping => mapping.Field("nothing", "websiteurl"));

        var report = await crm.Engine.DiagnoseAsync();

        report.Findings.Should().Contain(finding => finding.Code == DiagnosisCodes.MappingInvalid
            && finding.Mapping == "CUSTOMER" && finding.Message.Contains("'nothing'"));
        report.Findings.Should().Contain(finding => finding.Code == DiagnosisCodes.TableRead && finding.Mapping == "SALESPERSON");
    }

    [Fact]
    public async Task A_rule_contributes_and_one_that_throws_ends_nothing()
    {
        using var crm = new EngineFixture(new FixtureOptions { Rules = [new ThrowingRule(), new TellingRule()] });

        var report = await crm.Engine.DiagnoseAsync();

        report.Findings.Where(finding => finding.Code == "Told").Select(finding => finding.Mapping)
            .Should().BeEquivalentTo("SALESPERSON", "CUSTOMER");
        report.Findings.Should().Contain(finding => finding.Code == DiagnosisCodes.CheckFailed
            && finding.Message.Contains(nameof(ThrowingRule)) && !finding.Message.Contains("secret"));
    }

    [Fact]
    public async Task A_rule_that_writes_during_a_diagnosis_is_refused()
    {
        using var crm = new EngineFixture(new FixtureOptions { Rules = [new WritingRule()] });

        var report = await crm.Engine.DiagnoseAsync();

        crm.Writes.Should().Be(0);
        report.Findings.Should().Contain(finding => finding.Code == DiagnosisCodes.CheckFailed);
    }

    [Theory]
    [InlineData(0, DiagnosisCodes.ClockAgrees)]
    [InlineData(59, DiagnosisCodes.ClockAgrees)]
    [InlineData(600, DiagnosisCodes.ClockDiffers)]
    [InlineData(-600, DiagnosisCodes.ClockDiffers)]
    public async Task The_clocks_of_the_systems_are_compared(int seconds, string code)
    {
        var (here, there) = (new FakeTimeProvider(EngineFixture.Start), new FakeTimeProvider(EngineFixture.Start.AddSeconds(seconds)));
        using var engine = new SyncEngine(new()
        {
            Local = CrmTables.NewLocal(here),
            Integration = CrmTables.NewIntegration(there),
            Store = new InMemoryCouplingStore(here),
            TimeProvider = here,
            Mappings = [CrmTables.Salesperson()],
        });

        var report = await engine.DiagnoseAsync();

        report.Findings.Should().ContainSingle(finding =>
            finding.Area == DiagnosisArea.Clock && finding.Side == SyncSide.Integration).Which.Code.Should().Be(code);
    }

    [Fact]
    public async Task Definitions_that_do_not_allow_what_the_mapping_does_are_findings()
    {
        var local = new InMemoryConnector(new() { Flavor = InMemoryFlavor.BusinessCentral });
        _ = local.AddTable(Table("items", [Choice("kind", "A", "B"), Text("name"), Text("note")]));
        var integration = new InMemoryConnector();
        _ = integration.AddTable(Table(
            "product",
            [
                Choice("kind", "A"),
                Text("name") with { CanUpdate = false },
                Text("note") with { CanInsert = false },
                Text("owner") with { IsRequired = true },
            ]));
        using var engine = new SyncEngine(new()
        {
            Local = local,
            Integration = integration,
            Store = new InMemoryCouplingStore(),
            Mappings =
            [
                new IntegrationTableMappingBuilder("ITEM").Between("items", "product").Direction(SyncDirection.ToIntegrationTable)
                    .Field("kind", "kind").Field("name", "name").Field("note", "note").Build(),
            ],
        });

        var report = await engine.DiagnoseAsync();

        report.Findings.Where(finding => finding.Severity != FindingSeverity.Error && finding.Field is not null)
            .Select(finding => finding.Code).Should().BeEquivalentTo(
                DiagnosisCodes.OptionWithoutCounterpart,
                DiagnosisCodes.FieldNotUpdatable,
                DiagnosisCodes.FieldNotInsertable,
                DiagnosisCodes.RequiredFieldNotMapped);
        report.Findings.Single(finding => finding.Code == DiagnosisCodes.OptionWithoutCounterpart).Message.Should().Contain("'B'");
    }

    [Fact]
    public async Task A_record_that_a_feed_delivers_twice_is_no_duplicate()
    {
        using var crm = new EngineFixture();
        _ = crm.Customers.Insert(("number", "C1"), ("displayName", "Adatum"));
        _ = crm.Customers.Insert(("number", "C2"), ("displayName", "Fabrikam"));
        using var engine = Engine(crm, new CarelessConnector(crm.Local) { Repeats = true });

        var report = await engine.DiagnoseAsync();

        report.Findings.Should().NotContain(finding => finding.Code == DiagnosisCodes.DuplicateMatch);
        report.Findings.Single(finding => finding.Table == "customers" && finding.Code == DiagnosisCodes.TableRead).Count.Should().Be(2);
    }

    [Fact]
    public async Task Values_that_are_none_of_the_options_are_counted_by_field()
    {
        using var crm = new EngineFixture();
        var customer = crm.Customers.Insert(("displayName", "Adatum"), ("category", "Preferred")).Id;
        var hooked = new HookedConnector(crm.Local)
        {
            OnSchema = schema => schema with
            {
                Fields = [.. schema.Fields.Select(field => field with { Options = [.. field.Options.Where(option => option.Label != "Preferred")] })],
            },
        };
        using var engine = Engine(crm, hooked);

        var report = await engine.DiagnoseAsync();

        var finding = report.Findings.Should().ContainSingle(item => item.Code == DiagnosisCodes.UnknownOption).Subject;
        (finding.Field, finding.Count, finding.Records.Single().Id).Should().Be(("category", 1L, customer));
        finding.Message.Should().NotContain("Preferred");
    }

    [Fact]
    public async Task A_connector_of_somebody_else_that_answers_nonsense_ends_nothing()
    {
        using var crm = new EngineFixture();
        using var engine = Engine(crm, new NonsenseConnector(crm.Local));

        var report = await engine.DiagnoseAsync();

        report.Findings.Should().Contain(finding => finding.Code == DiagnosisCodes.CheckFailed && finding.Side == SyncSide.Local);
        report.Findings.Where(finding => finding.Code == DiagnosisCodes.TableRead).Should().HaveCount(4);
    }

    [Fact]
    public async Task A_cancelled_diagnosis_ends()
    {
        using var crm = new EngineFixture();
        using var source = new CancellationTokenSource();
        crm.Integration.Faults.BeforeCall = async (_, _) => await source.CancelAsync();

        var diagnose = () => crm.Engine.DiagnoseAsync(cancellationToken: source.Token);

        _ = await diagnose.Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task A_negative_limit_is_refused()
    {
        using var crm = new EngineFixture();

        var diagnose = () => crm.Engine.DiagnoseAsync(new() { ListedRecords = -1 });

        _ = await diagnose.Should().ThrowAsync<ArgumentOutOfRangeException>();
    }

    private static SyncEngine Engine(EngineFixture crm, ITableConnector local) => new(new()
    {
        Local = local,
        Integration = crm.Integration,
        Store = new InMemoryCouplingStore(crm.Time),
        TimeProvider = crm.Time,
        Mappings = [CrmTables.Salesperson(), CrmTables.Customer()],
    });

    private static TableSchema Table(string name, FieldSchema[] fields) => new()
    {
        Name = name,
        KeyField = "id",
        Fields = [new() { Name = "id", Type = FieldType.Identifier, CanUpdate = false }, .. fields],
    };

    private static FieldSchema Text(string name) => new() { Name = name, Type = FieldType.Text };

    private static FieldSchema Choice(string name, params string[] options) => new()
    {
        Name = name,
        Type = FieldType.Choice,
        Options = [.. options.Select(option => new ChoiceOption(FieldValue.Text(option), option))],
    };

    private sealed class NonsenseConnector(InMemoryConnector inner) : ForwardingConnector(inner)
    {
        public override Task<IReadOnlyList<DiagnosisFinding>> DiagnoseAsync(DiagnosisQuery query, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<DiagnosisFinding>>(null!);
    }

    private sealed class ThrowingRule : ISyncRule
    {
        public ValueTask<IReadOnlyList<DiagnosisFinding>> DiagnoseAsync(SyncRunContext run, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("a secret value");
    }

    private sealed class TellingRule : ISyncRule
    {
        public ValueTask<IReadOnlyList<DiagnosisFinding>> DiagnoseAsync(SyncRunContext run, CancellationToken cancellationToken) => new(
        [
            new() { Severity = FindingSeverity.Information, Area = DiagnosisArea.Settings, Code = "Told", Message = "Something." },
        ]);
    }

    private sealed class WritingRule : ISyncRule
    {
        public async ValueTask<IReadOnlyList<DiagnosisFinding>> DiagnoseAsync(
            SyncRunContext run, CancellationToken cancellationToken)
        {
            var write = new WriteOperation { Kind = WriteKind.Insert, Id = Guid.NewGuid(), Fields = [new("name", FieldValue.Text("Oops"))] };
            _ = await run.Integration.WriteAsync(new("account", [write]), cancellationToken);
            return [];
        }
    }
}
