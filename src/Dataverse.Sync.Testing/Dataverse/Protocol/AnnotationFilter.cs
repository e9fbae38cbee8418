namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// The annotations that a client requested: names, <c>*</c>, and <c>Some.Prefix.*</c>. A leading minus excludes.
/// </summary>
internal sealed class AnnotationFilter
{
    public const string FormattedValue = "OData.Community.Display.V1.FormattedValue";
    public const string LookupLogicalName = "Microsoft.Dynamics.CRM.lookuplogicalname";
    public const string AssociatedNavigation = "Microsoft.Dynamics.CRM.associatednavigationproperty";
    public const string TotalRecordCount = "Microsoft.Dynamics.CRM.totalrecordcount";
    public const string LimitExceeded = "Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded";

    private readonly string[] patterns;
    private readonly Dictionary<string, bool> known;

    private AnnotationFilter(string[] patterns)
    {
        this.patterns = patterns;
        known = new[] { FormattedValue, LookupLogicalName, AssociatedNavigation, TotalRecordCount, LimitExceeded }
            .ToDictionary(name => name, Decide, StringComparer.Ordinal);
    }

    /// <summary>The filter as the client wrote it; <see langword="null"/> if it requested no annotations.</summary>
    public string? Text => patterns.Length == 0 ? null : string.Join(',', patterns);

    public static AnnotationFilter None { get; } = new([]);

    public static AnnotationFilter Parse(string value) =>
        new(value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    public bool Includes(string annotation) =>
        known.TryGetValue(annotation, out var included) ? included : Decide(annotation);

    private bool Decide(string annotation) =>
        patterns.Where(pattern => !pattern.StartsWith('-')).Any(pattern => Matches(pattern, annotation))
        && !patterns.Where(pattern => pattern.StartsWith('-')).Any(pattern => Matches(pattern[1..], annotation));

    private static bool Matches(string pattern, string annotation) => pattern.EndsWith('*')
        ? annotation.StartsWith(pattern[..^1], StringComparison.Ordinal)
        : annotation == pattern;
}
