namespace Dataverse.Sync.Execution;

/// <summary>Decides whether a record takes part in a run although a record of its pair is outside the filter.</summary>
internal sealed class FilterGate(CompiledMapping mapping)
{
    /// <summary>Whether a record passes the filter of its side, or its edit travels in spite of the filter.</summary>
    public bool Admits(Candidate candidate) =>
        IsInside(candidate.Source, candidate.Record) || Follows(candidate);

    /// <summary>
    /// Whether the partner of a coupled record passes the filter of its side, or the edit of the record travels in spite
    /// of that filter.
    /// </summary>
    public bool Admits(Candidate candidate, TableRecord partner)
    {
        if (IsClaimedByOther(candidate.Source.Opposite(), partner))
        {
            return false;
        }

        return IsInside(candidate.Source.Opposite(), partner) || Follows(candidate);
    }

    /// <summary>Whether a record passes the filter of its side.</summary>
    public bool IsInside(SyncSide side, TableRecord record) => !mapping.Excludes(side, record);

    /// <summary>Whether a record takes no part because it belongs to another company.</summary>
    public bool IsClaimedByOther(SyncSide side, TableRecord record) =>
        mapping.Claim?.Condition is not null && mapping.BelongsToOther(side, record);

    /// <summary>Why a record takes no part.</summary>
    /// <param name="side">The side of the record.</param>
    /// <param name="record">The record.</param>
    /// <param name="outside">The reason if it is outside the filter and not of another company.</param>
    public SyncError ReasonOf(SyncSide side, TableRecord record, Func<string, SyncSide, SyncError> outside) =>
        IsClaimedByOther(side, record) ? SelectionErrors.OtherCompany : outside(mapping.Name, side);

    // The base moves only when the pair is synchronized. So a field of the filter that differs from it has been edited,
    // and further edits of a record that left the filter do not travel.
    private bool Follows(Candidate candidate)
    {
        var followed = mapping.FollowedFields(candidate.Source);
        if (candidate.Coupling?.Base is not { } stored
            || followed.Length == 0
            || IsClaimedByOther(candidate.Source, candidate.Record))
        {
            return false;
        }

        var (values, known) = (mapping.View(candidate.Source, candidate.Record), mapping.View(stored));
        return Array.Exists(
            followed,
            field => values.Has(field) && !values.Holds(field, known.Of(candidate.Source, field)));
    }
}
