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
    /// The owner of new accounts and contacts for which no salesperson names one: a reference to a team or to a user.
    /// </summary>
    /// <value>
    /// The default is blank: the default owning team of the company, if the tables have a company column and the company
    /// has such a team. Otherwise the system chooses the owner, which is the account that the connector uses.
    /// </value>
    /// <remarks>The owner is written when a row is created and never changed afterward.</remarks>
    public FieldValue DefaultOwner { get; init; }

    /// <summary>
    /// Whether a customer whose salesperson is not coupled to a user waits until the salesperson is.
    /// </summary>
    /// <value>
    /// The default is false: the account belongs to the default owner, or keeps its owner, until then. A salesperson code
    /// that does not exist has the same effect.
    /// </value>
    public bool RequiresCoupledSalesperson { get; init; }

    /// <summary>
    /// The columns by which companies claim accounts and contacts. The first one that the table has counts.
    /// </summary>
    /// <value>The default is <see cref="StandardCompanyColumns.All"/>. An empty list claims nothing.</value>
    /// <remarks>If a table has such a column, a company that is not listed in the table of companies is refused.</remarks>
    public IReadOnlyList<CompanyColumn> CompanyColumns { get; init; } = StandardCompanyColumns.All;

    /// <summary>Whether accounts and contacts of other companies are read as well.</summary>
    /// <value>The default is false.</value>
    /// <remarks>See <see cref="IIntegrationTableMapping.ReadsAllCompanies"/>.</remarks>
    public bool ReadsAllCompanies { get; init; }

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
