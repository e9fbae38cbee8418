namespace Dataverse.Sync;

/// <summary>Specifies how the partner of a record was found.</summary>
public enum MatchSource : byte
{
    /// <summary>By a match group of the mapping.</summary>
    MatchGroup,

    /// <summary>By a rule (<see cref="ISyncRule.PartnerWantedAsync"/>).</summary>
    Rule,

    /// <summary>By what was remembered of a pair that a filter separated.</summary>
    FormerPartner,
}
