using System.Text.Json.Nodes;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.IntegrationTests.Companies;

/// <summary>A company with its engine.</summary>
internal sealed record CompanyUnderTest(
    CompanyBench Bench, BusinessCentralCompany Company, Guid Row, SyncEngine Engine)
{
    public BusinessCentralTable Customers => Bench.BusinessCentral.Table("customers", Company.Id);

    public IReadOnlyList<string> CustomerNames =>
        [.. Customers.Rows.Select(row => row["displayName"]!.GetValue<string>()).Order(StringComparer.Ordinal)];

    public Guid Customer(string name, string phone = "1", string? number = null, string? salesperson = null)
    {
        var values = new JsonObject { ["displayName"] = name, ["phoneNumber"] = phone };
        foreach (var (property, value) in new[] { ("number", number), ("salespersonCode", salesperson) })
        {
            if (value is not null)
            {
                values[property] = value;
            }
        }

        return Customers.Insert(values)["id"]!.GetValue<Guid>();
    }

    public string PhoneOf(Guid customer) => Customers.Get(customer)!["phoneNumber"]!.GetValue<string>();

    public Task<SyncJob> FullAsync() => LaterAsync(() => Engine.SynchronizeFullAsync("CUSTOMER"));

    public Task<SyncJob> ModifiedAsync(SyncRunOptions? options = null) =>
        LaterAsync(() => Engine.SynchronizeTableAsync("CUSTOMER", options));

    /// <summary>Runs the currencies and the customers, and whatever else is needed before them.</summary>
    public async Task AllAsync()
    {
        Bench.Clock.Advance(TimeSpan.FromMinutes(15));
        _ = await Engine.SynchronizeFullAsync();
    }

    public async Task<Guid> AccountOfAsync(Guid customer) =>
        (await Engine.Couplings.FindAsync("CUSTOMER", SyncSide.Local, customer))!.IntegrationId;

    public async Task<IReadOnlyList<RecordFailure>> FailuresAsync() =>
        [.. await Engine.Issues.ListFailuresAsync("CUSTOMER").ToListAsync()];

    private async Task<SyncJob> LaterAsync(Func<Task<SyncJob>> run)
    {
        Bench.Clock.Advance(TimeSpan.FromMinutes(15));
        return await run();
    }
}
