namespace Dataverse.Sync.Testing.Emulation;

internal sealed class CurrencyRules : PageRules
{
    /// <summary>The table's Amount Rounding Precision, which the page does not show.</summary>
    private const decimal RoundingUnit = 0.01m;

    private static readonly (string Table, string Balance)[] Users =
    [
        (PageNames.Customers, "balanceDue"),
        (PageNames.Vendors, "balance"),
    ];

    public override void Starting(RowDraft draft) =>
        (draft["amountDecimalPlaces"], draft["amountRoundingPrecision"]) = ("2:2", RoundingUnit);

    public override void Validate(RowDraft draft, BusinessCentralField field, Transaction transaction)
    {
        if (field.Name == "amountRoundingPrecision"
            && (draft.Amount(field.Name) < 0 || draft.Amount(field.Name) % RoundingUnit != 0))
        {
            throw Errors.FieldValidation("Invoice Rounding Precision must be a multiple of Amount Rounding Precision.");
        }
    }

    public override void Modified(PageRow before, PageRow after, Transaction transaction)
    {
        if (before.Text("code") == after.Text("code"))
        {
            return;
        }

        foreach (var (table, _) in Users)
        {
            foreach (var row in transaction.Table(table).Where("currencyId", after.Id).ToArray())
            {
                _ = transaction.Set(row, ("currencyCode", after["code"]));
            }
        }

        foreach (var field in new[] { "currencyCode", "relationalCurrencyCode" })
        {
            foreach (var rate in transaction.Table(PageNames.ExchangeRates).Where(field, before["code"]).ToArray())
            {
                _ = transaction.Set(rate, (field, after["code"]));
            }
        }
    }

    public override void Deleting(PageRow row, Transaction transaction)
    {
        foreach (var (table, balance) in Users)
        {
            if (transaction.Table(table).Where("currencyId", row.Id).Any(user => user.Amount(balance) != 0))
            {
                throw Errors.Dialog(
                    $"You cannot delete Currency {row.Text("code")} because there are one or more open ledger entries.");
            }
        }
    }

    public override void Deleted(PageRow row, Transaction transaction)
    {
        foreach (var rate in transaction.Table(PageNames.ExchangeRates).Where("currencyCode", row["code"]).ToArray())
        {
            transaction.Delete(rate);
        }
    }
}
