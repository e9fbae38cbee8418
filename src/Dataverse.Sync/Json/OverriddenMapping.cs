namespace Dataverse.Sync.Documents;

/// <summary>A mapping with its stored override.</summary>
/// <param name="Mapping">The mapping, or null if the override removes it or there is none.</param>
/// <param name="Problems">Why the override cannot be used; empty if it can.</param>
/// <param name="Obsolete">The parts of the override that have nothing to act on any more, as predicates.</param>
internal sealed record OverriddenMapping(
    IIntegrationTableMapping? Mapping, IReadOnlyList<string> Problems, IReadOnlyList<string> Obsolete);
