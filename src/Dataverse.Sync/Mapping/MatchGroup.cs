namespace Dataverse.Sync;

/// <summary>Fields that must all match for two uncoupled records to be the same thing.</summary>
/// <remarks>
/// The groups are tried in order until one finds exactly one record that is not coupled; each starts afresh. A field that is blank on
/// the searching side is left out of its group; a group whose fields are all blank finds nothing. As in Business Central.
/// </remarks>
/// <param name="Fields">The fields; at least one.</param>
public sealed record MatchGroup(IReadOnlyList<MatchField> Fields);
