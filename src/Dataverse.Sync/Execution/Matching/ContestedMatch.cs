namespace Dataverse.Sync.Execution;

/// <summary>A record that found records of the other side, while it is decided whether one of them is its partner.</summary>
internal sealed class ContestedMatch(SearchedRecord searched, IReadOnlyList<MatchHit> hits)
{
    public SearchedRecord Searched { get; } = searched;

    /// <summary>The records of the other side that match.</summary>
    public IReadOnlyList<MatchHit> Hits { get; } = hits;

    /// <summary>The other records of the searching side that match as well.</summary>
    public IReadOnlyList<MatchHit> Twins { get; set; } = [];

    /// <summary>The one of several hits that further fields confirm, or null if there is none.</summary>
    public Guid? Confirmed { get; set; }

    /// <summary>Whether several records compete.</summary>
    public bool HasRivals => Hits.Count > 1 || Twins.Count > 0;

    /// <summary>The partner that is unique from both sides, or null if there is none.</summary>
    public Guid? Clean => HasRivals ? Confirmed : Hits[0].Id;
}
