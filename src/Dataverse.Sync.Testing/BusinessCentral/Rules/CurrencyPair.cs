namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Keeps <c>currencyId</c> and <c>currencyCode</c> consistent. For the local currency the table stores the zero GUID
/// and a blank code; the page shows the code of the local currency instead and interprets it as blank.
/// </summary>
internal static class CurrencyPair
{
    public static void Validate(RowDraft draft, string field, Transaction transaction)
    {
        var other = field == "currencyId" ? "currencyCode" : "currencyId";
        var (id, code) = field == "currencyId" ? ById(draft, transaction) : ByCode(draft, transaction);
        var isSecondOfTwo = draft.Sent.Contains(other) && draft.Validated.Contains(other);
        if (isSecondOfTwo
            && (draft.Reference("currencyId"), Stored(draft.Text("currencyCode"), transaction)) != (id, code))
        {
            throw Errors.Dialog("The currency values do not match to a specific Currency.");
        }

        (draft["currencyId"], draft["currencyCode"]) = (id, code);
    }

    private static (Guid Id, string Code) ById(RowDraft draft, Transaction transaction)
    {
        var id = draft.Reference("currencyId");
        if (id == Guid.Empty)
        {
            return (id, "");
        }

        var currency = transaction.Table(PageNames.Currencies).Find(id)
            ?? throw Errors.Dialog("The \"currencyId\" does not match to a Currency.");
        return (id, currency.Text("code"));
    }

    private static (Guid Id, string Code) ByCode(RowDraft draft, Transaction transaction)
    {
        var code = Stored(draft.Text("currencyCode"), transaction);
        if (code.Length == 0)
        {
            return (Guid.Empty, "");
        }

        var currency = transaction.Table(PageNames.Currencies).FindByKey(code)
            ?? throw Errors.Dialog("The \"currencyCode\" does not match to a Currency.");
        return (currency.Id, code);
    }

    private static string Stored(string code, Transaction transaction) =>
        code == transaction.View.LocalCurrency ? "" : code;
}
