namespace Dataverse.Sync.Testing.Emulation;

/// <summary>What customers and vendors have in common: the currency pair, references by id, and their company contact.</summary>
internal abstract class TradeRules(string relatedType, string balance) : PageRules
{
    public override void Validate(RowDraft draft, BusinessCentralField field, Transaction transaction)
    {
        switch (field.Name)
        {
            case "phoneNumber":
                FieldChecks.Phone(draft.Text(field.Name), field, draft.Schema);
                break;
            case "email":
                FieldChecks.Email(draft.Text(field.Name), allowsSeveral: true);
                break;
            case "country":
                FieldChecks.Country(draft, field, transaction);
                break;
            case "city" or "postalCode":
                FieldChecks.FillFromPostCodes(draft, field.Name, transaction);
                break;
            case "currencyId" or "currencyCode":
                CurrencyPair.Validate(draft, field.Name, transaction);
                break;
            case "paymentTermsId":
                Reference(draft, field.Name, StandardTables.PaymentTerms, "Payment Terms", transaction);
                break;
            case "shipmentMethodId":
                Reference(draft, field.Name, StandardTables.ShipmentMethods, "Shipment Method", transaction);
                break;
            case "paymentMethodId":
                Reference(draft, field.Name, StandardTables.PaymentMethods, "Payment Method", transaction);
                break;
        }
    }

    public override void Inserted(Row row, Transaction transaction)
    {
        if (transaction.Options.CreateContactsForBusinessRelations)
            CompanyContact.Create(transaction, row, relatedType);
    }

    public override void Modified(Row before, Row after, Transaction transaction)
    {
        if (transaction.Options.CreateContactsForBusinessRelations)
            CompanyContact.Follow(transaction, before, after);
    }

    public override void Deleting(Row row, Transaction transaction)
    {
        if (row.Amount(balance) != 0)
            throw Errors.Dialog($"You cannot delete {row.Schema.Caption} {row.Text("number")} because there are one or more open ledger entries.");
    }

    public override void Deleted(Row row, Transaction transaction) => BusinessRelation.Disconnect(transaction, row);

    private static void Reference(RowDraft draft, string field, string table, string caption, Transaction transaction)
    {
        var id = draft.Reference(field);
        if (id != Guid.Empty && transaction.Table(table).Find(id) is null)
            throw Errors.Dialog($"The \"{field}\" does not match to a {caption}.");
    }
}
