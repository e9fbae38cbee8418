using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests;

/// <summary>A new exchange rate does not touch the currency, and still arrives.</summary>
public sealed class ExchangeRateRefreshTests : IDisposable
{
    private readonly StandardFixture standard = new();

    public void Dispose() => standard.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("parity", "BC-14.6-05")]
    public async Task Changed_rate_arrives_with_the_next_run_although_the_currency_did_not_change(bool isFull)
    {
        _ = standard.Local["currencies"].Insert(("code", "USD"));
        _ = standard.Local["currencies"].Insert(("code", "EUR2"));
        _ = standard.AddRate("EUR2", new(2026, 1, 1), 1, "", 1);
        _ = await standard.FullAsync("CURRENCY");
        _ = standard.AddRate("USD", new(2026, 3, 1), amount: 1, relational: "", relationalAmount: 0.5m);

        var job = await RunAsync(isFull);

        standard.CurrencyOf("USD")["exchangerate"].AsDecimal().Should().Be(2m);
        job.Counters.Modified.Should().Be(1);
        standard.Integration.ResetCounters();
        _ = await RunAsync(isFull);
        _ = await RunAsync(isFull);
        standard.Integration.RowsWritten.Should().Be(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rates_that_cannot_be_read_are_said_by_the_job_and_arrive_later(bool isFull)
    {
        _ = standard.Local["currencies"].Insert(("code", "USD"));
        _ = await standard.FullAsync("CURRENCY");
        _ = standard.AddRate("USD", new(2026, 3, 1), amount: 1, relational: "", relationalAmount: 0.5m);
        standard.Local.Faults.BeforeCall = (call, _) => call.Operation == InMemoryOperation.Find && call.Table == "currencyExchangeRates"
            ? throw new ConnectorException("Business Central", ConnectorFailure.Authorization, "Business Central: read rates: HTTP 403.")
            : ValueTask.CompletedTask;

        var blind = await RunAsync(isFull);
        standard.Local.Faults.BeforeCall = null;
        var seeing = await RunAsync(isFull);

        (blind.Status, blind.Counters.Modified).Should().Be((SyncJobStatus.Finished, 0));
        blind.Message.Should().Contain("HTTP 403");
        (seeing.Message, seeing.Counters.Modified).Should().Be((null, 1));
    }

    [Fact]
    public async Task Rate_that_begins_later_arrives_when_it_begins()
    {
        _ = standard.Local["currencies"].Insert(("code", "USD"));
        _ = await standard.FullAsync("CURRENCY");
        _ = standard.AddRate("USD", new(2026, 3, 5), 1, "", 0.5m);
        _ = await RunAsync(isFull: false);
        var before = standard.CurrencyOf("USD")["exchangerate"].AsDecimal();
        standard.Time.Advance(TimeSpan.FromDays(4));

        _ = await RunAsync(isFull: false);

        (before, standard.CurrencyOf("USD")["exchangerate"].AsDecimal()).Should().Be((1.25m, 2m));
    }

    [Fact]
    public async Task Idle_run_reads_the_rates_with_one_request()
    {
        _ = standard.Local["currencies"].Insert(("code", "USD"));
        _ = await standard.FullAsync("CURRENCY");
        _ = await RunAsync(isFull: false);
        standard.Local.ResetCounters();
        standard.Integration.ResetCounters();

        _ = await RunAsync(isFull: false);

        standard.Local.Calls[InMemoryOperation.Find].Should().Be(1);
        standard.Integration.Calls[InMemoryOperation.Find].Should().Be(0);
        standard.Integration.Calls[InMemoryOperation.ReadById].Should().Be(0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task Rate_that_becomes_zero_or_less_fails_that_currency_by_name_and_keeps_its_last_rate(decimal amount)
    {
        foreach (var code in new[] { "USD", "CHF" })
        {
            _ = standard.AddRate(code, new(2026, 1, 1), 1, "", 0.8m);
            _ = standard.Local["currencies"].Insert(("code", code));
        }

        _ = await standard.FullAsync("CURRENCY");
        _ = standard.AddRate("CHF", new(2026, 2, 1), amount, "", 1);
        _ = standard.AddRate("USD", new(2026, 2, 1), 1, "", 0.5m);

        var job = await RunAsync(isFull: false);

        (job.Counters.Failed, job.Counters.Modified).Should().Be((1, 1));
        (await standard.ErrorsAsync(job)).Should().ContainSingle().Which.Message.Should().Contain("'CHF'");
        (standard.CurrencyOf("CHF")["exchangerate"].AsDecimal(), standard.CurrencyOf("USD")["exchangerate"].AsDecimal())
            .Should().Be((1.25m, 2m));
    }

    // C04: the local currency is the euro, the base is the dollar, and the franc has no rate.
    [Fact]
    public async Task Currency_without_a_rate_is_named_and_a_customer_in_another_currency_travels()
    {
        var dollar = standard.Integration["transactioncurrency"]
            .Insert(("isocurrencycode", "USD"), ("currencyname", "US dollar"), ("exchangerate", 1m)).Id;
        _ = standard.Integration["organization"].Update(
            standard.Organization, ("basecurrencyid", FieldValue.Reference(dollar, "transactioncurrency")));
        var franc = standard.Local["currencies"].Insert(("code", "CHF")).Id;
        _ = standard.Local["customers"].Insert(("displayName", "In francs"), ("currencyId", FieldValue.Reference(franc, "currencies")));
        _ = standard.Local["customers"].Insert(("displayName", "In euros"));

        var jobs = await standard.FullAsync();

        (await standard.ErrorsAsync(jobs["CURRENCY"])).Should().ContainSingle()
            .Which.Message.Should().Be("Business Central has no valid exchange rate for currency 'CHF'.");
        standard.Integration["account"].Records.Should().ContainSingle().Which["name"].AsText().Should().Be("In euros");
    }

    private async Task<SyncJob> RunAsync(bool isFull)
    {
        var job = isFull
            ? await standard.Engine.SynchronizeFullAsync("CURRENCY")
            : await standard.Engine.SynchronizeTableAsync("CURRENCY");
        standard.Time.Advance(TimeSpan.FromMinutes(15));
        return job;
    }
}
