namespace Dataverse.Sync.Testing.Emulation;

/// <summary>One item of <c>$expand</c>; <paramref name="ReferenceOnly"/> is the form <c>navigation/$ref</c>.</summary>
internal sealed record ODataExpand(string Navigation, ODataQuery Query, bool ReferenceOnly)
{
    /// <summary>The nested options as they were written, by name.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>The name of a nested option that <see cref="Query"/> does not hold; null if there is none.</summary>
    public string? Unread { get; init; }
}
