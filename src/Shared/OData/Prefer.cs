using System.Globalization;

namespace Dataverse.Sync.Http;

/// <summary>The <c>Prefer</c> header of a request.</summary>
internal static class Prefer
{
    /// <summary>Asks the service to track changes from this read on.</summary>
    public const string TrackChanges = "odata.track-changes";

    /// <summary>Asks the service to perform every request of a batch, whatever happens to the others.</summary>
    public const string ContinueOnError = "odata.continue-on-error";

    /// <summary>
    /// Limits the number of records per page. <c>$top</c> cannot be used: it suppresses the link to the next page.
    /// </summary>
    public static string MaxPageSize(int size) =>
        string.Create(CultureInfo.InvariantCulture, $"odata.maxpagesize={Math.Max(1, size)}");

    /// <summary>The header with the preferences that are not null; no header when all are null.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Header(params ReadOnlySpan<string?> preferences)
    {
        var wanted = new List<string>(preferences.Length);
        foreach (var preference in preferences)
        {
            if (preference is not null)
            {
                wanted.Add(preference);
            }
        }

        return wanted.Count == 0 ? [] : [new("Prefer", string.Join(',', wanted))];
    }
}
