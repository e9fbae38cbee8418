namespace Dataverse.Sync.Testing.Emulation;

/// <summary>One item of <c>$expand</c>; <paramref name="ReferenceOnly"/> is the form <c>navigation/$ref</c>.</summary>
internal sealed record ODataExpand(string Navigation, ODataQuery Query, bool ReferenceOnly);
