namespace Dataverse.Sync.Testing.Emulation;

internal sealed class SalespersonRules : PageRules
{
    public override void Validate(RowDraft draft, BusinessCentralField field, Transaction transaction)
    {
        if (field.Name == "email")
        {
            AddressChecks.Email(draft.Text(field.Name), allowsSeveral: false);
        }
        else if (field.Name == "commisionPercent")
        {
            Commission(draft.Amount(field.Name), draft);
        }
    }

    public override void Modified(PageRow before, PageRow after, Transaction transaction)
    {
        if (before.Text("code") == after.Text("code"))
        {
            return;
        }

        foreach (var customer in transaction.Table(PageNames.Customers).Where("salespersonCode", before["code"])
            .ToArray())
        {
            _ = transaction.Set(customer, ("salespersonCode", after["code"]));
        }
    }

    private static void Commission(decimal percent, RowDraft draft)
    {
        if (percent is < 0 or > 100)
        {
            throw Errors.FieldValidation("The value of Commission % must be between 0 and 100.");
        }

        draft["commisionPercent"] = Math.Round(percent, 2, MidpointRounding.AwayFromZero) / 1.000m;
    }
}
