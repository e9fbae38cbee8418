namespace Dataverse.Sync.BusinessCentral;

/// <summary>The preference that bounds a page. <c>$top</c> would not do: it suppresses the link to the next page.</summary>
internal static class PagePreference
{
    public static string Of(int pageSize) => $"odata.maxpagesize={Math.Max(1, pageSize)}";
}
