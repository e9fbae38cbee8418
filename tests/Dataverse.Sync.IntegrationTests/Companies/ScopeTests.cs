using Dataverse.Sync.BusinessCentral;
using Dataverse.Sync.Sqlite;
using Dataverse.Sync.Testing;
using Dataverse.Sync.WebApi;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.IntegrationTests.Companies;

/// <summary>Couplings belong to the company and the organization that the services tell, not to names and addresses.</summary>
public sealed class ScopeTests : IAsyncLifetime
{
    private static readonly Uri Address = new("https://contoso.crm.dynamics.com/");

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dataverse-sync-scopes-");
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly List<IDisposable> disposables = [];
    private BusinessCentralEmulator businessCentral = null!;
    private DataverseEmulator dataverse = null!;
    private BusinessCentralCompany company = null!;

    private string StorePath => Path.Combine(folder.FullName, "couplings.db");

    private BusinessCentralTable Customers => businessCentral.Table("customers", company.Id);

    public async Task InitializeAsync()
    {
        businessCentral = await BusinessCentralEmulator.StartAsync(new() { TimeProvider = clock });
        dataverse = await DataverseEmulator.StartAsync(new() { TimeProvider = clock });
        company = businessCentral.AddCompany("CRONUS", "USD");
    }

    public async Task DisposeAsync()
    {
        disposables.ForEach(item => item.Dispose());
        await businessCentral.DisposeAsync();
        await dataverse.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Company_by_id_instead_of_name_uses_the_same_couplings()
    {
        var customer = Customer("Adatum");
        await FullAsync(Connect("CRONUS"));
        var account = dataverse.Table("account").Rows.Single().Id;
        _ = dataverse.Table("account").Update(account, ("telephone1", "2"));

        var engine = Connect(company.Id.ToString("B"));
        await FullAsync(engine);

        dataverse.Table("account").Count.Should().Be(1);
        Customers.Get(customer)!["phoneNumber"]!.GetValue<string>().Should().Be("2");
    }

    [Fact]
    public async Task Couplings_are_listed_under_the_new_spelling_before_the_first_run()
    {
        _ = Customer("Adatum");
        await FullAsync(Connect("CRONUS"));

        var engine = Connect(company.Id.ToString());

        (await engine.Couplings.ListAsync("CUSTOMER").ToListAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task A_renamed_company_keeps_its_couplings()
    {
        _ = Customer("Adatum");
        await FullAsync(Connect("CRONUS"));
        _ = businessCentral.Table("companies").Overwrite(company.Id, new() { ["name"] = "Renamed", ["displayName"] = "Renamed" });

        var engine = Connect("Renamed");
        var job = await FullAsync(engine);

        job.Counters.Should().BeEquivalentTo(new SyncCounters { Unchanged = 1 });
        dataverse.Table("account").Count.Should().Be(1);
    }

    [Fact]
    public async Task Another_organization_behind_the_same_address_is_refused_before_the_first_write()
    {
        _ = Customer("Adatum");
        await FullAsync(Connect("CRONUS"));
        await using var other = await DataverseEmulator.StartAsync(new() { TimeProvider = clock });

        var engine = Connect("CRONUS", other);
        var running = () => FullAsync(engine);

        (await running.Should().ThrowAsync<SyncConfigurationException>()).WithMessage("*same address*");
        other.Requests.RowWriteCount.Should().Be(0);
        other.Table("account").Count.Should().Be(0);
        var all = () => engine.SynchronizeFullAsync();
        _ = await all.Should().ThrowAsync<SyncConfigurationException>();
    }

    [Fact]
    public async Task Another_company_of_the_same_name_is_refused_before_the_first_write()
    {
        _ = Customer("Adatum");
        await FullAsync(Connect("CRONUS"));
        await using var other = await BusinessCentralEmulator.StartAsync(new() { TimeProvider = clock });
        _ = other.AddCompany("CRONUS", "USD");

        var running = () => FullAsync(Connect("CRONUS", businessCentralToUse: other));

        (await running.Should().ThrowAsync<SyncConfigurationException>()).WithMessage("*local system*");
        other.Requests.RowWriteCount.Should().Be(0);
        dataverse.Table("account").Count.Should().Be(1);
    }

    [Fact]
    public async Task A_copy_of_the_organization_is_adopted_on_request()
    {
        _ = Customer("Adatum");
        await FullAsync(Connect("CRONUS"));
        await using var copy = await CopyAsync();
        var engine = Connect("CRONUS", copy);

        await engine.AdoptScopeAsync();
        var job = await FullAsync(engine);

        job.Counters.Should().BeEquivalentTo(new SyncCounters { Unchanged = 1 });
        var original = () => FullAsync(Connect("CRONUS"));
        _ = await original.Should().ThrowAsync<SyncConfigurationException>();
    }

    [Fact]
    public async Task An_organization_without_the_coupled_rows_cannot_be_adopted()
    {
        _ = Customer("Adatum");
        await FullAsync(Connect("CRONUS"));
        await using var other = await DataverseEmulator.StartAsync(new() { TimeProvider = clock });

        var adopting = () => Connect("CRONUS", other).AdoptScopeAsync();

        (await adopting.Should().ThrowAsync<SyncConfigurationException>()).WithMessage("*of 1 couplings*");
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public async Task An_older_file_is_taken_over_if_nine_tenths_of_its_couplings_exist(int deleted, bool isTakenOver)
    {
        List<Guid> customers = [.. Enumerable.Range(0, 20).Select(number => Customer($"Customer {number}"))];
        await FullAsync(Connect("CRONUS"));
        ForgetScopes();
        customers.Take(deleted).ToList().ForEach(Customers.Delete);

        var running = () => FullAsync(Connect("CRONUS"));

        if (isTakenOver)
        {
            (await running()).Counters.Inserted.Should().Be(0);
            dataverse.Table("account").Count.Should().Be(20);
        }
        else
        {
            (await running.Should().ThrowAsync<SyncConfigurationException>()).WithMessage("*exist in 17 only*");
        }
    }

    [Fact]
    public async Task An_older_file_made_under_another_name_is_found_by_its_couplings()
    {
        _ = Customer("Adatum");
        await FullAsync(Connect("CRONUS"));
        ForgetScopes();
        _ = businessCentral.Table("companies").Overwrite(company.Id, new() { ["name"] = "Renamed", ["displayName"] = "Renamed" });

        var job = await FullAsync(Connect(company.Id.ToString()));

        job.Counters.Should().BeEquivalentTo(new SyncCounters { Unchanged = 1 });
        dataverse.Table("account").Count.Should().Be(1);
    }

    [Fact]
    public async Task A_preview_finds_the_scope_and_stores_nothing()
    {
        _ = Customer("Adatum");
        await FullAsync(Connect("CRONUS"));
        ForgetScopes();

        var preview = await Connect(company.Id.ToString()).PreviewAsync("CUSTOMER", SyncJobKind.Full);

        preview.Operations.Should().BeEmpty();
        await using var store = new SqliteCouplingStore(StorePath);
        (await store.ReadScopesAsync(default)).Scopes.Should().ContainSingle().Which.LocalId.Should().BeNull();
    }

    [Fact]
    public async Task The_identity_costs_no_request_of_its_own()
    {
        await FullAsync(Connect("CRONUS"));

        dataverse.Requests.Entries.Should().NotContain(
            entry => entry.PathAndQuery.EndsWith("/WhoAmI", StringComparison.Ordinal) && entry.Method == "GET");
        businessCentral.Requests.Entries.Count(entry =>
            entry.PathAndQuery.Contains("/companies?", StringComparison.Ordinal)).Should().Be(1);
    }

    [Fact]
    public async Task A_second_company_on_accounts_without_a_company_column_is_refused()
    {
        _ = Customer("Adatum");
        await FullAsync(Connect("CRONUS"));
        var second = businessCentral.AddCompany("SECOND", "USD");
        _ = businessCentral.Table("customers", second.Id).Insert(new() { ["displayName"] = "Second" });

        var engine = Connect("SECOND");
        var running = () => FullAsync(engine);

        (await running.Should().ThrowAsync<SyncConfigurationException>()).WithMessage("*'account'*company column*");
        dataverse.Table("account").Count.Should().Be(1);
        var validating = () => engine.ValidateAsync();
        _ = await validating.Should().ThrowAsync<SyncConfigurationException>();
        var previewing = () => engine.PreviewAsync("CUSTOMER", SyncJobKind.Full);
        _ = await previewing.Should().ThrowAsync<SyncConfigurationException>();
        (await engine.SynchronizeFullAsync("CURRENCY")).Status.Should().Be(SyncJobStatus.Finished);
    }

    private Guid Customer(string name) =>
        Customers.Insert(new() { ["displayName"] = name, ["phoneNumber"] = "1" })["id"]!.GetValue<Guid>();

    private Task<SyncJob> FullAsync(SyncEngine engine)
    {
        clock.Advance(TimeSpan.FromMinutes(15));
        return Run();

        async Task<SyncJob> Run()
        {
            _ = await engine.SynchronizeFullAsync("CURRENCY");
            return await engine.SynchronizeFullAsync("CUSTOMER");
        }
    }

    // As a file that an earlier version left, which knows scopes by name only.
    private void ForgetScopes()
    {
        using var connection = new SqliteConnection($"Data Source={StorePath};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM scope";
        _ = command.ExecuteNonQuery();
    }

    private async Task<DataverseEmulator> CopyAsync()
    {
        var copy = await DataverseEmulator.StartAsync(new() { TimeProvider = clock });
        foreach (var row in dataverse.Table("account").Rows)
        {
            _ = copy.Table("account").Insert(
                ("accountid", row.Id),
                ("name", row["name"]),
                ("telephone1", row["telephone1"]),
                ("customertypecode", row["customertypecode"]),
                ("transactioncurrencyid", row["transactioncurrencyid"]));
        }

        return copy;
    }

    private SyncEngine Connect(
        string companyName, DataverseEmulator? organization = null, BusinessCentralEmulator? businessCentralToUse = null)
    {
        disposables.ForEach(item => item.Dispose());
        disposables.Clear();
        var cloud = businessCentralToUse ?? businessCentral;
        var local = new BusinessCentralConnector(
            new()
            {
                BaseAddress = businessCentral.BaseAddress,
                Company = companyName,
                AccessToken = _ => new("token"),
                MaxRetries = 0,
                HttpMessageHandler = cloud.CreateHandler(),
            },
            clock);
        var integration = new WebApiConnector(
            new()
            {
                EnvironmentUrl = Address,
                AccessToken = _ => new("token"),
                MaxRetries = 0,
                HttpMessageHandler = (organization ?? dataverse).CreateHandler(),
            },
            clock);
        var store = new SqliteCouplingStore(new SqliteCouplingStoreOptions { Path = StorePath }, clock);
        var engine = new SyncEngine(new()
        {
            Local = local,
            Integration = integration,
            Store = store,
            TimeProvider = clock,
            Mappings = StandardMappings.Create(new() { Ownership = RecordOwnership.Team }),
        });
        disposables.AddRange([engine, local, integration, store]);
        return engine;
    }
}
