using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.Tests.Execution;

public sealed class ReferenceReadTests : IDisposable
{
    private const string Mapping = "CUSTOMER";

    private static readonly string[] Tables = ["terms", "methods", "people"];

    // A run that reads one table after the other waits for this long, and fails.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider time = new(EngineFixture.Start);
    private readonly InMemoryConnector local;
    private readonly InMemoryConnector integration;
    private readonly SyncEngine engine;
    private readonly List<string> asked = [];
    private readonly TaskCompletionSource all = new();

    public ReferenceReadTests()
    {
        local = new(new() { Flavor = InMemoryFlavor.BusinessCentral, TimeProvider = time });
        integration = new(new() { Flavor = InMemoryFlavor.Dataverse, TimeProvider = time, Seed = 2 });
        foreach (var name in Tables)
        {
            _ = local.AddTable(name, table => table.BusinessKey("code").Text("number"));
        }

        _ = local.AddTable("customers", table => table
            .Text("name").Field("termsId", FieldType.Identifier).Field("methodId", FieldType.Identifier)
            .Field("otherTermsId", FieldType.Identifier).Code("person"));
        _ = integration.AddTable("account", table => table
            .Text("name", 50).Text("terms", 20).Text("method", 20).Reference("ownerid", "systemuser"));
        _ = integration.AddTable("systemuser", table => table.Text("code", 20));
        engine = NewEngine(People(), Customers());
        var terms = FieldValue.Identifier(local["terms"].Insert(("code", "NET30"), ("number", "T-30")).Id);
        _ = local["people"].Insert(("code", "EP"));
        _ = local["customers"].Insert(
            ("name", "Adatum"),
            ("termsId", terms),
            ("otherTermsId", terms),
            ("methodId", FieldValue.Identifier(local["methods"].Insert(("code", "FOB")).Id)),
            ("person", "EP"));
    }

    public void Dispose() => engine.Dispose();

    [Fact]
    public async Task Tables_of_options_and_of_references_are_read_at_the_same_time_and_once()
    {
        _ = await engine.SynchronizeFullAsync("PEOPLE");
        local.Faults.BeforeCall = MeetAsync;

        _ = await engine.SynchronizeFullAsync(Mapping);

        var account = integration["account"].Records.Should().ContainSingle().Subject;
        (account["terms"].AsText(), account["method"].AsText()).Should().Be(("NET30", "FOB"));
        account["ownerid"].AsIdentifier().Should().Be(integration["systemuser"].Records.Single().Id);
        asked.Should().BeEquivalentTo(Tables);
    }

    // What a preview would create for a reference is noted where its other reads look.
    [Fact]
    public async Task Preview_follows_references_after_it_has_read_options()
    {
        _ = await engine.SynchronizeFullAsync("PEOPLE");
        local.Faults.BeforeCall = async (call, _) =>
        {
            asked.Add(call.Table);
            if (call.Table == "terms")
            {
                await all.Task;
            }
        };

        var preview = engine.PreviewAsync(Mapping, SyncJobKind.Full);
        var askedBefore = asked.ToList();
        all.SetResult();
        _ = await preview;

        askedBefore.Should().Contain(["terms", "methods"]).And.NotContain("people");
        asked.Should().Contain("people");
    }

    [Fact]
    public async Task Failed_read_of_one_table_ends_the_run_before_anything_is_written()
    {
        _ = await engine.SynchronizeFullAsync("PEOPLE");
        local.Faults.BeforeCall = (call, _) => call.Table == "methods"
            ? throw new ConnectorException("Business Central", ConnectorFailure.ServiceFault, "The service is busy.")
            : ValueTask.CompletedTask;
        var run = () => engine.SynchronizeFullAsync(Mapping);

        await run.Should().ThrowAsync<ConnectorException>();
        integration["account"].Records.Should().BeEmpty();
        local.Faults.BeforeCall = null;

        (await run()).Counters.Inserted.Should().Be(1);
    }

    [Fact]
    public async Task Table_that_two_fields_share_is_read_once()
    {
        using var sharing = NewEngine(Sharing(isFirstOptional: false));
        local.Faults.BeforeCall = (call, _) =>
        {
            if (call.Operation == InMemoryOperation.Find)
            {
                asked.Add(call.Table);
            }

            return ValueTask.CompletedTask;
        };

        var job = await sharing.SynchronizeFullAsync(Mapping);

        (job.Counters.Inserted, integration["account"].Records.Single()["method"].AsText()).Should().Be((1, "NET30"));
        asked.Should().Equal("terms");
    }

    [Fact]
    public async Task Forbidden_table_of_a_required_field_ends_the_run_although_an_optional_field_shares_it()
    {
        using var sharing = NewEngine(Sharing(isFirstOptional: true));
        local.Faults.BeforeCall = (call, _) => call is { Operation: InMemoryOperation.Find, Table: "terms" }
            ? throw new ConnectorException("Business Central", ConnectorFailure.Authorization, "The account may not read the table.")
            : ValueTask.CompletedTask;

        var run = () => sharing.SynchronizeFullAsync(Mapping);

        (await run.Should().ThrowAsync<ConnectorException>()).Which.Failure.Should().Be(ConnectorFailure.Authorization);
        integration["account"].Records.Should().BeEmpty();
    }

    [Fact]
    public async Task Two_columns_of_one_table_are_two_lists()
    {
        using var both = NewEngine(new IntegrationTableMappingBuilder(Mapping)
            .Between("customers", "account")
            .Direction(SyncDirection.ToIntegrationTable)
            .Field("name", "name")
            .Field("termsId", "terms", field => field.MapOptions(new() { LocalTable = new("terms", "code") }))
            .Field("otherTermsId", "method", field => field.MapOptions(new() { LocalTable = new("terms", "number") }))
            .Build());

        _ = await both.SynchronizeFullAsync(Mapping);

        var account = integration["account"].Records.Single();
        (account["terms"].AsText(), account["method"].AsText()).Should().Be(("NET30", "T-30"));
    }

    [Fact]
    public async Task Cancelled_run_ends_while_several_tables_are_read()
    {
        _ = await engine.SynchronizeFullAsync("PEOPLE");
        using var stop = new CancellationTokenSource();
        local.Faults.BeforeCall = async (call, token) =>
        {
            asked.Add(call.Table);
            if (call.Table == "methods")
            {
                await stop.CancelAsync();
                token.ThrowIfCancellationRequested();
            }
        };

        var run = () => engine.SynchronizeFullAsync(Mapping, cancellationToken: stop.Token);

        await run.Should().ThrowAsync<OperationCanceledException>();
        integration["account"].Records.Should().BeEmpty();
        local.Faults.BeforeCall = null;
        (await engine.SynchronizeFullAsync(Mapping)).Counters.Inserted.Should().Be(1);
    }

    [Fact]
    public async Task Option_that_is_added_between_two_runs_is_found()
    {
        _ = await engine.SynchronizeFullAsync("PEOPLE");
        _ = await engine.SynchronizeFullAsync(Mapping);
        var added = FieldValue.Identifier(local["terms"].Insert(("code", "NET60")).Id);
        time.Advance(TimeSpan.FromMinutes(15));
        _ = local["customers"].Update(local["customers"].Records.Single().Id, ("termsId", added));

        _ = await engine.SynchronizeTableAsync(Mapping);

        integration["account"].Records.Single()["terms"].AsText().Should().Be("NET60");
    }

    private static IntegrationTableMapping Sharing(bool isFirstOptional) => new IntegrationTableMappingBuilder(Mapping)
        .Between("customers", "account")
        .Direction(SyncDirection.ToIntegrationTable)
        .Field("name", "name")
        .Field("termsId", "terms", field => (isFirstOptional ? field.Optional() : field).MapOptions(new() { LocalTable = new("terms", "code") }))
        .Field("otherTermsId", "method", field => field.MapOptions(new() { LocalTable = new("terms", "code") }))
        .Build();

    private static IntegrationTableMapping People() => new IntegrationTableMappingBuilder("PEOPLE")
        .Between("people", "systemuser").Direction(SyncDirection.ToIntegrationTable).Field("code", "code").Build();

    private static IntegrationTableMapping Customers() => new IntegrationTableMappingBuilder(Mapping)
        .Between("customers", "account")
        .Direction(SyncDirection.ToIntegrationTable)
        .Field("name", "name")
        .Field("termsId", "terms", field => field.MapOptions(new() { LocalTable = new("terms", "code") }))
        .Field("methodId", "method", field => field.MapOptions(new() { LocalTable = new("methods", "code") }))
        .Lookup("person", "ownerid", "PEOPLE", "code")
        .Build();

    private SyncEngine NewEngine(params IReadOnlyList<IIntegrationTableMapping> mappings) => new(new()
    {
        Local = local,
        Integration = integration,
        Store = new InMemoryCouplingStore(time),
        TimeProvider = time,
        Mappings = mappings,
    });

    private async ValueTask MeetAsync(InMemoryCall call, CancellationToken cancellationToken)
    {
        if (call.Operation == InMemoryOperation.Find && Tables.Contains(call.Table))
        {
            asked.Add(call.Table);
            if (asked.Count == Tables.Length)
            {
                all.SetResult();
            }

            await all.Task.WaitAsync(Patience, cancellationToken);
        }
    }
}
