using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests;

/// <summary>Credit limits are in the local currency in Business Central, and in the account's currency in Dataverse.</summary>
public sealed class LocalCurrencyAmountTests : IDisposable
{
    private readonly StandardFixture standard = new();
    private readonly Guid dollar;

    public LocalCurrencyAmountTests() =>
        dollar = standard.Local["currencies"].Insert(("code", "USD"), ("amountDecimalPlaces", "2:2")).Id;

    public void Dispose() => standard.Dispose();

    // C05
    [Fact]
    public async Task Credit_limit_of_a_customer_in_another_currency_is_converted_by_both_rates()
    {
        _ = InsertCustomer(10_000m);

        _ = await standard.FullAsync();

        CreditLimit().Should().Be(12_500m);
        standard.Integration.ResetCounters();
        _ = await standard.FullAsync();
        _ = await standard.FullAsync();
        standard.Integration.RowsWritten.Should().Be(0);
    }

    [Fact]
    public async Task Credit_limit_of_a_customer_in_the_local_currency_stays_as_it_is()
    {
        _ = standard.Local["customers"].Insert(("displayName", "Adatum"), ("creditLimit", 1_234.56m));

        _ = await standard.FullAsync();

        CreditLimit().Should().Be(1_234.56m);
    }

    [Fact]
    public async Task Moved_rate_alone_rewrites_no_customer()
    {
        _ = InsertCustomer(10_000m);
        _ = await standard.FullAsync();
        _ = standard.AddRate("USD", new(2026, 2, 1), 1, "", 0.5m);
        _ = await standard.FullAsync("CURRENCY");
        standard.Integration.ResetCounters();

        _ = await standard.FullAsync("CUSTOMER");
        _ = await standard.Engine.SynchronizeTableAsync("CUSTOMER");

        standard.Integration.RowsWritten.Should().Be(0);
        CreditLimit().Should().Be(12_500m);
    }

    [Fact]
    public async Task Credit_limit_follows_the_rate_when_something_of_the_customer_is_written()
    {
        var customer = InsertCustomer(10_000m);
        _ = await standard.FullAsync();
        _ = standard.AddRate("USD", new(2026, 2, 1), 1, "", 0.5m);
        _ = await standard.FullAsync("CURRENCY");
        _ = standard.Local["customers"].Update(customer, ("phoneNumber", "1"));

        _ = await standard.FullAsync("CUSTOMER");

        CreditLimit().Should().Be(20_000m);
    }

    [Fact]
    public async Task Edited_credit_limit_is_converted_and_a_changed_currency_converts_it_anew()
    {
        var customer = InsertCustomer(10_000m);
        _ = await standard.FullAsync();
        _ = standard.Local["customers"].Update(customer, ("creditLimit", 100.01m));
        _ = await standard.FullAsync("CUSTOMER");
        var edited = CreditLimit();
        _ = standard.Local["customers"].Update(customer, ("currencyId", null));

        _ = await standard.FullAsync("CUSTOMER");

        (edited, CreditLimit()).Should().Be((125.01m, 100.01m));
    }

    [Fact]
    public async Task Without_a_rate_the_amount_is_left_out_and_the_job_says_so()
    {
        _ = await standard.FullAsync("CURRENCY");
        _ = standard.Integration["transactioncurrency"].Update(standard.CurrencyOf("USD").Id, ("exchangerate", null));
        _ = InsertCustomer(10_000m);

        var job = await standard.FullAsync("CUSTOMER");

        var account = standard.Integration["account"].Records.Should().ContainSingle().Subject;
        (account["name"].AsText(), account["creditlimit"].IsBlank).Should().Be(("Adatum", true));
        job.Counters.Failed.Should().Be(0);
        (await standard.ErrorsAsync(job)).Should().Contain(new SyncError(
            SyncErrorCodes.FieldLeftOut,
            "The amount was left out, because Dataverse has no exchange rate for 'USD'.",
            "creditlimit"));
    }

    [Fact]
    public async Task Rates_are_read_with_one_request_for_all_customers()
    {
        _ = standard.Integration["transactioncurrency"].Update(standard.Euro, ("exchangerate", 1m));
        for (var number = 1; number <= 5; number++)
        {
            _ = InsertCustomer(1_000m * number);
        }

        _ = await standard.FullAsync("CURRENCY");
        standard.Integration.ResetCounters();

        _ = await standard.FullAsync("CUSTOMER");

        standard.Integration.Calls[InMemoryOperation.Find].Should().Be(1);
    }

    private Guid InsertCustomer(decimal creditLimit) => standard.Local["customers"].Insert(
        ("displayName", "Adatum"),
        ("creditLimit", creditLimit),
        ("currencyId", FieldValue.Reference(dollar, "currencies"))).Id;

    private decimal CreditLimit() =>
        standard.Integration["account"].Records.Should().ContainSingle().Subject["creditlimit"].AsDecimal();
}
