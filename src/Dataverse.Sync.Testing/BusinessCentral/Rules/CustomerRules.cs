namespace Dataverse.Sync.Testing.Emulation;

internal sealed class CustomerRules() : TradeRules("Customer", "balanceDue")
{
    public override void Validate(RowDraft draft, BusinessCentralField field, Transaction transaction)
    {
        base.Validate(draft, field, transaction);
        if (field.Name == "salespersonCode")
        {
            Salesperson(draft, field, transaction);
        }
        else if (field.Name == "taxAreaId")
        {
            TaxArea(draft, transaction);
        }
        else if (field.Name == "displayName" && draft.Text("displayName").Length == 0)
        {
            throw Errors.Dialog("The blank \"displayName\" is not allowed.");
        }
    }

    public override void Inserting(RowDraft draft, Transaction transaction)
    {
        if (draft.Text("displayName").Length == 0)
        {
            throw Errors.Dialog("A \"displayName\" must be provided.");
        }
    }

    private static void Salesperson(RowDraft draft, BusinessCentralField field, Transaction transaction)
    {
        var code = draft.Text(field.Name);
        if (code.Length == 0)
        {
            return;
        }

        if (transaction.Table(PageNames.Salespeople).FindByKey(code) is not { } salesperson
            || salesperson["blocked"] is true)
        {
            throw Errors.Relation(field.Caption, draft.Schema.Caption, "Salesperson/Purchaser");
        }
    }

    // Tax areas have no entity set here: those that a customer has are considered to exist.
    private static void TaxArea(RowDraft draft, Transaction transaction)
    {
        var id = draft.Reference("taxAreaId");
        if (id == Guid.Empty)
        {
            draft["taxAreaDisplayName"] = "";
            return;
        }

        var example = transaction.Table(PageNames.Customers).Where("taxAreaId", id).FirstOrDefault()
            ?? throw Errors.Dialog("The \"taxAreaId\" does not match to a Tax Area.");
        draft["taxAreaDisplayName"] = example["taxAreaDisplayName"];
    }
}
