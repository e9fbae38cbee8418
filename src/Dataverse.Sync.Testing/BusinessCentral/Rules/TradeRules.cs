namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// The rules that customers and vendors share: the currency pair, references by id, and the company contact.
/// </summary>
internal abstract class TradeRules(string relatedType, string balance) : PageRules
{
    public override void Validate(RowDraft draft, BusinessCentralField field, Transaction transaction)
    {
        AddressChecks.Validate(draft, field, transaction);
        switch (field.Name)
        {
            case "currencyId" or "currencyCode":
                CurrencyPair.Validate(draft, field.Name, transaction);
                break;
            case "paymentTermsId":
                Reference(draft, field.Name, PageNames.PaymentTerms, "Payment Terms", transaction);
                break;
            case "shipmentMethodId":
                Reference(draft, field.Name, PageNames.ShipmentMethods, "Shipment Method", transaction);
                break;
            case "paymentMethodId":
                Reference(draft, field.Name, PageNames.PaymentMethods, "Payment Method", transaction);
                break;
        }
    }

    public override void Inserted(PageRow row, Transaction transaction)
    {
        if (transaction.Options.CreateContactsForBusinessRelations)
        {
            CompanyContact.Create(transaction, row, relatedType);
        }
    }

    public override void Modified(PageRow before, PageRow after, Transaction transaction)
    {
        if (transaction.Options.CreateContactsForBusinessRelations)
        {
            CompanyContact.Follow(transaction, before, after);
        }
    }

    public override void Deleting(PageRow row, Transaction transaction)
    {
        if (row.Amount(balance) != 0)
        {
            throw Errors.Dialog(
                $"You cannot delete {row.Schema.Caption} {row.Text("number")} because there are one or more open ledger entries.");
        }
    }

    public override void Deleted(PageRow row, Transaction transaction)
    {
        BusinessRelation.Disconnect(transaction, row);
        PageRows.DeleteParts(transaction, row);
    }

    private static void Reference(RowDraft draft, string field, string table, string caption, Transaction transaction)
    {
        var id = draft.Reference(field);
        if (id != Guid.Empty && transaction.Table(table).Find(id) is null)
        {
            throw Errors.Dialog($"The \"{field}\" does not match to a {caption}.");
        }
    }
}
