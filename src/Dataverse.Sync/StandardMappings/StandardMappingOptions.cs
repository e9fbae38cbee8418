namespace Dataverse.Sync;

/// <summary>Settings of the standard mappings.</summary>
public sealed record StandardMappingOptions
{
    /// <summary>Who owns the records in Dataverse.</summary>
    /// <value>
    /// The default is <see cref="RecordOwnership.Person"/>. <see cref="RecordOwnership.Team"/> leaves out the
    /// salespeople mapping and the owner fields.
    /// </value>
    public RecordOwnership Ownership { get; init; }

    /// <summary>
    /// Whether uncoupled salespeople, customers, vendors, and contacts are matched by number, name, or email address.
    /// </summary>
    /// <value>The default is true.</value>
    /// <remarks>
    /// If false, a first full run creates every record again on the other side. Currencies are always matched by code,
    /// as in Business Central, which leaves the other match fields to a person.
    /// </remarks>
    public bool MatchesRecords { get; init; } = true;
}
