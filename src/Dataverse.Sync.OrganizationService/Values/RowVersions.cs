namespace Dataverse.Sync.OrganizationService;

/// <summary>
/// The text of a row's version. It is the one of the Web API, so that couplings serve both connectors.
/// </summary>
internal static class RowVersions
{
    /// <summary>The column that holds the number of a row's version.</summary>
    public const string Column = "versionnumber";

    private const string Start = "W/\"";
    private const string End = "\"";

    /// <summary>The text of a version that the service tells.</summary>
    public static string ToText(string rowVersion) => $"{Start}{rowVersion}{End}";

    /// <summary>The version that the service compares.</summary>
    public static string FromText(string version) =>
        version.StartsWith(Start, StringComparison.Ordinal) && version.EndsWith(End, StringComparison.Ordinal)
            && version.Length > Start.Length + End.Length
        ? version[Start.Length..^End.Length]
        : version;
}
