namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The rows of a page: those of its table, or those that the page computes for the rows of another table.</summary>
internal static class PageRows
{
    private static readonly PageSchema FinancialDetail = new(PartTables.FinancialDetail);

    private static readonly PageSchema Picture = new(PartTables.Picture);

    private static readonly (string Table, string Type)[] PictureOwners =
        [(PageNames.Customers, "Customer"), (PageNames.Vendors, "Vendor"), (PageNames.Contacts, "Contact")];

    /// <summary>The rows in key order.</summary>
    public static IEnumerable<PageRow> Of(CompanyView view, string page) => page switch
    {
        PageNames.FinancialDetails => view.Table(PageNames.Customers).Rows.Select(row => FinancialDetailOf(view, row)),
        PageNames.Pictures => PictureOwners.SelectMany(
            owner => view.Table(owner.Table).Rows.Select(row => PictureOf(view, row, owner.Type))),
        _ => view.Table(page).Rows,
    };

    public static PageRow? Find(CompanyView view, string page, Guid id) => page switch
    {
        PageNames.FinancialDetails =>
            view.Table(PageNames.Customers).Find(id) is { } customer ? FinancialDetailOf(view, customer) : null,
        PageNames.Pictures => PictureOwners
            .Select(owner => view.Table(owner.Table).Find(id) is { } row ? PictureOf(view, row, owner.Type) : null)
            .FirstOrDefault(row => row is not null),
        _ => view.Table(page).Find(id),
    };

    public static int Count(CompanyView view, string page) => page is PageNames.FinancialDetails or PageNames.Pictures
        ? Of(view, page).Count()
        : view.Table(page).Count;

    /// <summary>Deletes the parts of a row that is deleted.</summary>
    public static void DeleteParts(Transaction transaction, PageRow row)
    {
        foreach (var dimension in transaction.Table(PageNames.DefaultDimensions).Where("parentId", row.Id).ToArray())
        {
            transaction.Delete(dimension);
        }

        foreach (var table in new[] { PageNames.Pictures, PageNames.FinancialDetails })
        {
            if (transaction.Table(table).Find(row.Id) is { } part)
            {
                transaction.Delete(part);
            }
        }
    }

    // The ledger, which the emulator does not have, would give the balance and the sales: a test sets them.
    private static PageRow FinancialDetailOf(CompanyView view, PageRow customer)
    {
        var set = view.Table(PageNames.FinancialDetails).Find(customer.Id);
        return new PageRow(
            FinancialDetail,
            customer.Id,
            [
                customer.Id, customer["number"], set?["balance"] ?? customer["balanceDue"],
                set?["totalSalesExcludingTax"] ?? 0m, customer["balanceDue"], customer.ModifiedAt,
            ])
        {
            ModifiedAt = customer.ModifiedAt,
            IsHidden = customer.IsHidden,
        };
    }

    private static PageRow PictureOf(CompanyView view, PageRow owner, string type)
    {
        var content = view.Table(PageNames.Pictures).Find(owner.Id)?["pictureContent"] as StreamContent
            ?? StreamContent.Empty;
        var image = ImageHeader.Read(content.Bytes.Span);
        return new PageRow(
            Picture, owner.Id, [owner.Id, type, image?.Width ?? 0L, image?.Height ?? 0L, image?.MediaType ?? "", content])
        {
            IsHidden = owner.IsHidden,
        };
    }
}
