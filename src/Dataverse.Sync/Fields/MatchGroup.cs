namespace Dataverse.Sync;

/// <summary>Fields that must all be equal for two uncoupled records to match.</summary>
/// <remarks>
/// <para>The groups of a mapping are tried in order until one finds exactly one record, and that record matches no
/// other record of the searching side; records that are coupled already count as well. A group that finds several
/// leaves the decision to the next one. If no group decides and some group found several, the partner is doubtful; see
/// <see cref="DoubtfulMatchPolicy"/>.</para>
/// <para>Surrounding blanks of texts are ignored. A field that is blank in the record that searches is left out; a
/// group whose fields are all blank finds nothing. Business Central: match-based coupling; a group is a Match
/// Priority.</para>
/// <para>Records outside the mapping's filter count only if there is none inside, and are then not coupled. Records
/// that a filter on a constant of the mapping excludes, such as accounts of another relationship type, never
/// count.</para>
/// </remarks>
/// <param name="Fields">The fields; at least one.</param>
public sealed record MatchGroup(IReadOnlyList<MatchField> Fields)
{
    /// <summary>
    /// Fields that decide if several records match by <see cref="Fields"/>: of these, only records count that are equal
    /// in these fields too. Empty by default.
    /// </summary>
    public IReadOnlyList<MatchField> ConfirmedBy { get; init; } = [];

    /// <summary>
    /// Whether a record that is found makes the partner doubtful instead of being coupled, because equal values suggest
    /// a partner but do not prove it. The default is false.
    /// </summary>
    public bool IsSuggestion { get; init; }
}
