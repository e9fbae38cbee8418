using System.Globalization;

namespace Dataverse.Sync.WebApi;

/// <summary>The header that tells the service how to answer.</summary>
internal static class Prefer
{
    public const string TrackChanges = "odata.track-changes";
    public const string ContinueOnError = "odata.continue-on-error";

    public static string MaxPageSize(int size) => string.Create(CultureInfo.InvariantCulture, $"odata.maxpagesize={size}");

    /// <summary>The header with the preferences that are not null.</summary>
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
