namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Finds the rows behind navigation properties.</summary>
internal static class RelatedRows
{
    /// <summary>The rows in key order.</summary>
    /// <exception cref="BusinessCentralException">The page of the related rows needs another parent.</exception>
    public static IEnumerable<PageRow> Of(TableNavigation navigation, CompanyView view, PageRow row)
    {
        if (navigation.Target == PageNames.ContactsInformation)
        {
            // The page knows the contacts of a customer or vendor, not the relations of a contact.
            return navigation.ReferencedProperty == "relatedId"
                ? ContactInformation.Of(view, row)
                : throw Errors.Dialog(ContactTables.Information.ParentRequired!);
        }

        if (navigation.Target is PageNames.Pictures or PageNames.FinancialDetails)
        {
            return PageRows.Find(view, navigation.Target, row.Id) is { } part ? [part] : [];
        }

        if (navigation.IsCollection)
        {
            return view.Table(navigation.Target).Where(navigation.ReferencedProperty, row[navigation.Property]);
        }

        return view.Table(navigation.Target).Find(row.Reference(navigation.Property)) is { } found ? [found] : [];
    }
}
