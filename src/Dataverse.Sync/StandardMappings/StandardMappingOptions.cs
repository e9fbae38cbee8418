namespace Dataverse.Sync;

/// <summary>What the standard mappings are made with.</summary>
public sealed record StandardMappingOptions
{
    /// <summary>Who owns the records in Dataverse.</summary>
    /// <value>The default is <see cref="RecordOwnership.Person"/>.</value>
    public RecordOwnership Ownership { get; init; }

    /// <summary>
    /// Whether records that exist on both sides find each other by number, name, and e-mail before new ones are created. Business Central
    /// leaves the choice of match fields to a person and matches currencies only; without matching, a first full run creates every record
    /// again on the other side.
    /// </summary>
    /// <value>The default is true.</value>
    public bool MatchesRecords { get; init; } = true;
}
