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
    [Trait("parity", "BC-14.3-19")]
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
    [Trait("parity", "BC-14.3-19")]
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

    [Fact]
    public async Task Edit_to_the_very_figure_that_the_account_has_in_its_own_currency_travels()
    {
        var customer = InsertCustomer(10_000m);
        _ = await standard.FullAsync();

        _ = standard.Local["customers"].Update(customer, ("creditLimit", 12_500m));
        _ = await standard.FullAsync("CUSTOMER");

        CreditLimit().Should().Be(15_625m);
    }

    [Fact]
    public async Task Halves_are_rounded_away_from_zero_as_everywhere()
    {
        var customer = InsertCustomer(0.02m);
        _ = await standard.FullAsync();
        var first = CreditLimit();
        _ = standard.Local["customers"].Update(customer, ("creditLimit", 0.1m));

        _ = await standard.FullAsync("CUSTOMER");

        (first, CreditLimit()).Should().Be((0.03m, 0.13m));
    }

    [Fact]
    public async Task Zero_in_local_currency_does_not_overwrite_the_limit_of_a_matched_account()
    {
        _ = await standard.FullAsync("CURRENCY");
        _ = standard.Local["customers"].Insert(
            ("number", "10000"), ("displayName", "Adatum"), ("currencyId", FieldValue.Reference(dollar, "currencies")));
        _ = standard.Integration["account"].Insert(
            ("accountnumber", "10000"), ("name", "Adatum"), ("customertypecode", 3), ("statecode", 0), ("creditlimit", 5_000m));

        _ = await standard.FullAsync("CUSTOMER");
        _ = await standard.FullAsync("CUSTOMER");

        CreditLimit().Should().Be(5_000m);
    }

    [Fact]
    public async Task Two_way_amount_is_divided_on_its_way_back_and_stays()
    {
        standard.Engine.Mappings.Change(
            "CUSTOMER", mapping => mapping.Field("creditLimit", "creditlimit", field => field.Direction(SyncDirection.Bidirectional)));
        var customer = InsertCustomer(10_000m);
        _ = await standard.FullAsync();
        var account = standard.Integration["account"].Records.Single().Id;

        _ = standard.Integration["account"].Update(account, ("creditlimit", 10_000m));
        _ = await standard.FullAsync("CUSTOMER");
        _ = await standard.FullAsync("CUSTOMER");
        _ = await standard.Engine.SynchronizeTableAsync("CUSTOMER");

        (LocalLimit(customer), CreditLimit()).Should().Be((8_000m, 10_000m));
    }

    private decimal LocalLimit(Guid customer) => standard.Local["customers"].Find(customer)!["creditLimit"].AsDecimal();

    private Guid InsertCustomer(decimal creditLimit) => standard.Local["customers"].Insert(
        ("displayName", "Adatum"),
        ("creditLimit", creditLimit),
        ("currencyId", FieldValue.Reference(dollar, "currencies"))).Id;

    private decimal CreditLimit() =>
        standard.Integration["account"].Records.Should().ContainSingle().Subject["creditlimit"].AsDecimal();
}
