namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Finds the rows behind navigation properties.</summary>
internal static class RelatedRows
{
    /// <summary>The rows in key order.</summary>
    public static IEnumerable<PageRow> Of(TableNavigation navigation, CompanyView view, PageRow row)
    {
        if (navigation.Reference is not { } field)
        {
            return ContactInformation.Of(view, row);
        }

        return view.Table(navigation.Target).Find(row.Reference(field)) is { } found ? [found] : [];
    }
}
