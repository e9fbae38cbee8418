using Dataverse.Sync.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.Tests.Execution;

/// <summary>Two companies meet over one row, with connectors of a kind that tells no ids.</summary>
public sealed class CompanyRaceTests : IDisposable
{
    private readonly FakeTimeProvider time = new(new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));
    private readonly InMemoryConnector local;
    private readonly InMemoryConnector integration;
    private readonly InMemorySyncJobLog log = new();
    private SyncEngine? engine;

    public CompanyRaceTests()
    {
        local = new(new() { Flavor = InMemoryFlavor.BusinessCentral, TimeProvider = time });
        _ = local.AddTable("customers", table => table.Text("displayName", 100));
        integration = new(new() { TimeProvider = time });
        _ = integration.AddTable("account", table => table.Text("name", 100).Text("company", 10));
    }

    public void Dispose() => engine?.Dispose();

    [Fact]
    public async Task A_row_that_another_company_claims_meanwhile_creates_no_record()
    {
        var account = integration["account"].Insert(("name", "Free")).Id;
        integration.Faults.BeforeCall = (call, token) =>
        {
            if (call is { Operation: InMemoryOperation.Write, Table: "account" } && CompanyOf(account).Length == 0)
            {
                _ = integration["account"].Update(account, ("company", "B"), ("name", "Of B"));
            }

            return ValueTask.CompletedTask;
        };

        await FullAsync();
        await FullAsync();

        local["customers"].Records.Should().BeEmpty();
        CompanyOf(account).Should().Be("B");
    }

    [Fact]
    public async Task A_row_that_moves_while_it_is_updated_is_not_overwritten()
    {
        var customer = local["customers"].Insert(("displayName", "Adatum")).Id;
        await FullAsync();
        var account = integration["account"].Records.Single().Id;
        _ = local["customers"].Update(customer, ("displayName", "Adatum A"));
        integration.Faults.BeforeCall = (call, token) =>
        {
            if (call is { Operation: InMemoryOperation.Write, Table: "account" } && CompanyOf(account) == "A")
            {
                _ = integration["account"].Update(account, ("company", "B"), ("name", "Of B"));
            }

            return ValueTask.CompletedTask;
        };

        await FullAsync();

        integration["account"].Find(account)!["name"].AsText().Should().Be("Of B");
        local["customers"].Find(customer)!["displayName"].AsText().Should().Be("Adatum A");
    }

    [Fact]
    public async Task A_named_row_of_another_company_is_left_alone_with_the_reason()
    {
        var account = integration["account"].Insert(("name", "Of B"), ("company", "B")).Id;

        var job = await Engine().SynchronizeRecordsAsync("CUSTOMER", SyncSide.Integration, [account]);

        job.Counters.Should().Be(new SyncCounters { Skipped = 1 });
        (await log.ListErrorsAsync(job.Id, default)).Should().ContainSingle()
            .Which.Error.Code.Should().Be(SyncErrorCodes.OtherCompany);
    }

    [Fact]
    public async Task A_row_that_is_restored_belongs_to_the_company()
    {
        _ = local["customers"].Insert(("displayName", "Adatum"));
        var used = Engine(mapping => mapping.OnDeletion(DeletionPolicy.RestoreRecords));
        await FullAsync(used);
        integration["account"].Delete(integration["account"].Records.Single().Id);

        await FullAsync(used);

        integration["account"].Records.Should().ContainSingle().Which["company"].AsText().Should().Be("A");
    }

    [Fact]
    public async Task Uncoupling_works_although_the_system_does_not_answer()
    {
        var customer = local["customers"].Insert(("displayName", "Adatum")).Id;
        await FullAsync();
        integration.Faults.BeforeCall = (call, token) =>
            throw new ConnectorException("Dataverse", ConnectorFailure.Unreachable, "No answer.");

        var job = await Engine().Couplings.UncoupleAsync("CUSTOMER", SyncSide.Local, [customer]);

        job.Counters.Uncoupled.Should().Be(1);
        CompanyOf(integration["account"].Records.Single().Id).Should().Be("A");
    }

    [Fact]
    public async Task Releasing_a_row_that_just_changed_keeps_the_change()
    {
        var customer = local["customers"].Insert(("displayName", "Adatum")).Id;
        await FullAsync();
        var account = integration["account"].Records.Single().Id;
        var isEdited = false;
        integration.Faults.BeforeCall = (call, token) =>
        {
            if (!isEdited && call is { Operation: InMemoryOperation.Write, Table: "account" })
            {
                isEdited = true;
                _ = integration["account"].Update(account, ("name", "Edited"));
            }

            return ValueTask.CompletedTask;
        };

        _ = await Engine().Couplings.UncoupleAsync("CUSTOMER", SyncSide.Local, [customer]);

        CompanyOf(account).Should().BeEmpty();
        integration["account"].Find(account)!["name"].AsText().Should().Be("Edited");
    }

    [Fact]
    public async Task A_company_column_that_cannot_be_read_is_refused()
    {
        _ = integration.AddTable("secret", table => table.Text("name", 100).Field(
            new FieldSchema { Name = "company", Type = FieldType.Text, CanRead = false }));

        var running = () => Engine(table: "secret").SynchronizeFullAsync("CUSTOMER");

        (await running.Should().ThrowAsync<SyncConfigurationException>()).WithMessage("*'company' cannot be read*");
    }

    [Fact]
    public async Task A_company_column_that_the_table_lacks_is_refused_unless_it_is_optional()
    {
        _ = integration.AddTable("plain", table => table.Text("name", 100));

        var running = () => Engine(table: "plain").SynchronizeFullAsync("CUSTOMER");
        (await running.Should().ThrowAsync<SyncConfigurationException>()).WithMessage("*'company' does not exist*");

        var optional = Engine(
            mapping => mapping.ClaimedBy(new CompanyColumn { Column = "company", IsOptional = true }), "plain");
        (await optional.SynchronizeFullAsync("CUSTOMER")).Status.Should().Be(SyncJobStatus.Finished);
    }

    [Fact]
    public async Task A_mapping_that_only_reads_claims_the_rows_that_it_takes_over()
    {
        var account = integration["account"].Insert(("name", "Free")).Id;
        var reading = Engine(mapping => mapping.Direction(SyncDirection.FromIntegrationTable));

        await FullAsync(reading);

        CompanyOf(account).Should().Be("A");
        local["customers"].Records.Should().ContainSingle();
    }

    [Fact]
    public async Task A_column_of_ids_contains_the_id_that_the_local_system_tells()
    {
        var id = Guid.Parse("0a1b2c3d-0000-4000-8000-0123456789ab");
        _ = integration.AddTable("item", table => table.Text("name", 100).Field("owner", FieldType.Identifier));
        var told = new InMemoryConnector(new()
        {
            Flavor = InMemoryFlavor.BusinessCentral,
            TimeProvider = time,
            SystemIdentity = new(id.ToString()),
        });
        _ = told.AddTable("customers", table => table.Text("displayName", 100));
        _ = told["customers"].Insert(("displayName", "Adatum"));
        using var other = new SyncEngine(new()
        {
            Local = told,
            Integration = integration,
            Store = new InMemoryCouplingStore(time),
            TimeProvider = time,
            Mappings =
            [
                new IntegrationTableMappingBuilder("ITEM").Between("customers", "item")
                    .ClaimedBy(new CompanyColumn { Column = "owner" })
                    .Field("displayName", "name").Build(),
            ],
        });

        _ = await other.SynchronizeFullAsync("ITEM");

        integration["item"].Records.Should().ContainSingle().Which["owner"].Should().Be(FieldValue.Identifier(id));
    }

    [Fact]
    public async Task A_company_that_was_set_up_again_is_found_when_the_mappings_are_validated()
    {
        _ = integration.AddTable("division", table => table.Text("code", 10));
        _ = integration.AddTable("item", table => table.Text("name", 100).Reference("division", "division"));
        var first = integration["division"].Insert(("code", "A")).Id;
        var used = Engine(
            mapping => mapping.ClaimedBy(new CompanyColumn
            {
                Column = "division",
                CompanyTable = "division",
                KeyColumn = "code",
                Key = FieldValue.Text("A"),
            }),
            "item");
        _ = await used.ValidateAsync();
        integration["division"].Delete(first);
        var second = integration["division"].Insert(("code", "A")).Id;
        _ = local["customers"].Insert(("displayName", "Adatum"));

        _ = await used.ValidateAsync();
        await FullAsync(used);

        integration["item"].Records.Should().ContainSingle().Which["division"].AsIdentifier().Should().Be(second);
    }

    private string CompanyOf(Guid account) => integration["account"].Find(account)!["company"].ToString();

    private async Task FullAsync(SyncEngine? used = null)
    {
        time.Advance(TimeSpan.FromMinutes(15));
        _ = await (used ?? Engine()).SynchronizeFullAsync("CUSTOMER");
    }

    private SyncEngine Engine(Action<IntegrationTableMappingBuilder>? configure = null, string table = "account")
    {
        if (engine is not null && configure is null && table == "account")
        {
            return engine;
        }

        var mapping = new IntegrationTableMappingBuilder("CUSTOMER").Between("customers", table)
            .ClaimedBy(new CompanyColumn { Column = "company", Key = FieldValue.Text("A") })
            .Field("displayName", "name");
        configure?.Invoke(mapping);
        engine?.Dispose();
        return engine = new(new()
        {
            Local = local,
            Integration = integration,
            Store = new InMemoryCouplingStore(time),
            JobLog = log,
            TimeProvider = time,
            Mappings = [mapping.Build()],
        });
    }
}
