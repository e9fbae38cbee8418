namespace Dataverse.Sync.Testing.Emulation;

/// <summary>One item of <c>$expand</c>; <paramref name="ReferenceOnly"/> is the form <c>navigation/$ref</c>.</summary>
internal sealed record ODataExpand(string Navigation, ODataQuery Query, bool ReferenceOnly)
{
    /// <summary>The name of a nested option that <see cref="Query"/> does not hold; null if there is none.</summary>
    public string? Unread { get; init; }
}
