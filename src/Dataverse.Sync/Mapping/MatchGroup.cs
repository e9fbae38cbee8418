namespace Dataverse.Sync;

/// <summary>Fields that must all be equal for two uncoupled records to match.</summary>
/// <remarks>
/// The groups of a mapping are tried in order until one finds exactly one uncoupled record within the filter of the
/// other side. Surrounding blanks of texts are ignored. A field that is blank in the record that searches is left out;
/// a group whose fields are all blank finds nothing. Business Central: match-based coupling; a group is a Match
/// Priority.
/// </remarks>
/// <param name="Fields">The fields; at least one.</param>
public sealed record MatchGroup(IReadOnlyList<MatchField> Fields);
