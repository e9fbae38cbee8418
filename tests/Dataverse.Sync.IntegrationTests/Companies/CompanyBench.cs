using Dataverse.Sync.BusinessCentral;
using Dataverse.Sync.Testing;
using Dataverse.Sync.WebApi;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.IntegrationTests.Companies;

/// <summary>Companies of one Business Central environment over HTTP, each with an engine, on one organization.</summary>
internal sealed class CompanyBench : IAsyncDisposable
{
    private readonly List<IDisposable> disposables = [];

    private CompanyBench(BusinessCentralEmulator businessCentral, DataverseEmulator dataverse, FakeTimeProvider clock)
    {
        (BusinessCentral, Dataverse, Clock) = (businessCentral, dataverse, clock);
        Store = new(clock);
    }

    public BusinessCentralEmulator BusinessCentral { get; }

    public DataverseEmulator Dataverse { get; }

    public FakeTimeProvider Clock { get; }

    public InMemoryCouplingStore Store { get; }

    public DataverseTable Accounts => Dataverse.Table("account");

    public static async Task<CompanyBench> StartAsync(DataverseEmulatorOptions? dataverse = null)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero));
        var cloud = await BusinessCentralEmulator.StartAsync(new() { TimeProvider = clock });
        dataverse ??= new() { Companies = DataverseCompanies.BusinessCentral };
        return new(cloud, await DataverseEmulator.StartAsync(dataverse with { TimeProvider = clock }), clock);
    }

    /// <summary>Adds a company, and its row in the table of companies, which the connector of Business Central creates.</summary>
    public CompanyUnderTest Add(
        string name, StandardMappingOptions? options = null, Guid? team = null, Action<IntegrationTableMappingBuilder>? customer = null)
    {
        var company = BusinessCentral.AddCompany(name, "USD");
        var row = Dataverse.Table("bcbi_company").Insert(
            ("bcbi_name", name),
            ("bcbi_externalid", company.Id.ToString("D")),
            ("bcbi_defaultowningteam", team is { } id ? new DataverseReference("team", id) : null)).Id;
        return Connect(company, row, options, customer);
    }

    /// <summary>Connects an engine to a company.</summary>
    public CompanyUnderTest Connect(
        BusinessCentralCompany company,
        Guid row,
        StandardMappingOptions? options = null,
        Action<IntegrationTableMappingBuilder>? customer = null,
        ICouplingStore? store = null)
    {
        var local = new BusinessCentralConnector(
            new()
            {
                BaseAddress = BusinessCentral.BaseAddress,
                Company = company.Name,
                AccessToken = _ => new("token"),
                MaxRetries = 0,
            },
            Clock);
        var integration = new WebApiConnector(
            new() { EnvironmentUrl = Dataverse.BaseAddress, AccessToken = _ => new("token"), MaxRetries = 0 }, Clock);
        var engine = new SyncEngine(new()
        {
            Local = local,
            Integration = integration,
            Store = store ?? Store,
            TimeProvider = Clock,
            Mappings = [.. StandardMappings.Create(options).Select(mapping => Configured(mapping, customer))],
        });
        disposables.AddRange([engine, local, integration]);
        return new(this, company, row, engine);
    }

    public Guid? CompanyOf(Guid account) => (Accounts.Get(account)["bcbi_companyid"] as DataverseReference)?.Id;

    public Guid Account(string name, string? number = null, Guid? company = null, string phone = "1") => Accounts.Insert(
        ("name", name),
        ("accountnumber", number),
        ("telephone1", phone),
        ("customertypecode", 3),
        ("bcbi_companyid", company is { } id ? new DataverseReference("bcbi_company", id) : null)).Id;

    public async ValueTask DisposeAsync()
    {
        disposables.ForEach(item => item.Dispose());
        await BusinessCentral.DisposeAsync();
        await Dataverse.DisposeAsync();
    }

    private static IIntegrationTableMapping Configured(
        IIntegrationTableMapping mapping, Action<IntegrationTableMappingBuilder>? customer)
    {
        if (customer is null || mapping.Name != StandardMappingNames.Customer)
        {
            return mapping;
        }

        var builder = new IntegrationTableMappingBuilder(mapping);
        customer(builder);
        return builder.Build();
    }
}
