using Dataverse.Sync.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.Tests.Fixture;

/// <summary>
/// An engine with the standard mappings over two systems in memory: euros are both the local and the base currency, and a US dollar
/// costs 0.80 euros.
/// </summary>
internal sealed class StandardFixture : IDisposable
{
    public StandardFixture(StandardMappingOptions? options = null)
    {
        Time = new(new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));
        Local = StandardTables.NewLocal(Time);
        Integration = StandardTables.NewIntegration(Time);
        Integration.Faults.AfterCall = ActivateAsync;
        Engine = new(new()
        {
            Local = Local,
            Integration = Integration,
            TimeProvider = Time,
            Store = new InMemoryCouplingStore(Time),
            JobLog = JobLog,
            Mappings = StandardMappings.Create(options),
        });
        _ = Local["companyInformation"].Insert(("currencyCode", "EUR"));
        Euro = Integration["transactioncurrency"]
            .Insert(("isocurrencycode", "EUR"), ("currencyname", "Euro"), ("currencysymbol", "€")).Id;
        Organization = Integration["organization"]
            .Insert(("basecurrencyid", FieldValue.Reference(Euro, "transactioncurrency"))).Id;
        _ = AddRate("USD", new(2026, 1, 1), amount: 1, relational: "", relationalAmount: 0.8m);
    }

    public FakeTimeProvider Time { get; }

    public InMemoryConnector Local { get; }

    public InMemoryConnector Integration { get; }

    public InMemorySyncJobLog JobLog { get; } = new();

    public SyncEngine Engine { get; }

    /// <summary>The base currency of the organization.</summary>
    public Guid Euro { get; }

    public Guid Organization { get; }

    /// <summary>
    /// A rate of Business Central: so many units of a currency cost so many units of another one, which is blank for the local one.
    /// </summary>
    public Guid AddRate(string currency, DateOnly start, decimal amount, string relational, decimal relationalAmount) =>
        Local["currencyExchangeRates"].Insert(
            ("currencyCode", currency),
            ("startingDate", start),
            ("exchangeRateAmount", amount),
            ("relationalCurrencyCode", relational),
            ("relationalExchangeRateAmount", relationalAmount)).Id;

    public Guid AddUser(string name, bool isDisabled = false, bool isLicensed = true, bool isIntegrationUser = false) =>
        Integration["systemuser"].Insert(
            ("fullname", name),
            ("internalemailaddress", $"{name.Replace(' ', '.')}@contoso.com"),
            ("isdisabled", isDisabled),
            ("islicensed", isLicensed),
            ("isintegrationuser", isIntegrationUser)).Id;

    public TableRecord CurrencyOf(string code) =>
        Integration["transactioncurrency"].Records.Single(record => record["isocurrencycode"].AsText() == code);

    public async Task<SyncJob> FullAsync(string mapping)
    {
        var job = await Engine.SynchronizeFullAsync(mapping);
        Time.Advance(TimeSpan.FromMinutes(15));
        return job;
    }

    public async Task<Dictionary<string, SyncJob>> FullAsync()
    {
        var jobs = await Engine.SynchronizeFullAsync();
        Time.Advance(TimeSpan.FromMinutes(15));
        return jobs.ToDictionary(job => job.Key.Mapping);
    }

    public async Task<IReadOnlyList<SyncError>> ErrorsAsync(SyncJob job) =>
        [.. (await JobLog.ListErrorsAsync(job.Id, default)).Select(error => error.Error)];

    public void Dispose() => Engine.Dispose();

    // As in Dataverse, a new record is active.
    private ValueTask ActivateAsync(InMemoryCall call, CancellationToken cancellationToken)
    {
        if (call is { Operation: InMemoryOperation.Write, Table: "account" or "contact" })
        {
            var table = Integration[call.Table];
            foreach (var record in table.Records.Where(record => record["statecode"].IsBlank))
            {
                _ = table.Update(record.Id, ("statecode", 0));
            }
        }

        return ValueTask.CompletedTask;
    }
}
