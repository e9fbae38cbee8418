namespace Dataverse.Sync.BusinessCentral;

/// <summary>
/// Where a table is and what its metadata does not tell. Null keeps what is known of a standard table.
/// </summary>
public sealed class BusinessCentralTableOptions
{
    /// <summary>The route of a custom API, <c>{publisher}/{group}/{version}</c>; null for the standard API.</summary>
    public string? Route { get; set; }

    /// <summary>
    /// The entity set on the wire; null when it is the table's name. With it, one set may serve several tables.
    /// </summary>
    public string? EntitySet { get; set; }

    /// <summary>The field that holds the record's id, a GUID; <c>id</c> by default.</summary>
    public string? KeyField { get; set; }

    /// <summary>
    /// The field that holds the stamp of the last change; <c>lastModifiedDateTime</c> by default. Where the table has
    /// no such field, its feed is always the whole table.
    /// </summary>
    public string? ModifiedOnField { get; set; }

    /// <summary>
    /// The unique field by which people know a record; by default <c>number</c>, or else <c>code</c>, where the table
    /// has it.
    /// </summary>
    public string? BusinessKeyField { get; set; }

    /// <summary>
    /// Whether the page keeps the <see cref="KeyField"/> of a new record as it is sent; false by default, as in the
    /// standard API.
    /// </summary>
    public bool? KeepsChosenIds { get; set; }

    /// <summary>Whether records can be inserted, updated, and deleted; true by default.</summary>
    public bool? IsWritable { get; set; }

    /// <summary>
    /// The entity sets under whose records this one exists, such as <c>customers</c> and <c>vendors</c> for
    /// <c>contactsInformation</c>; empty for a set of its own. Such a table is read only, and always whole.
    /// </summary>
    public IList<string> Parents { get; } = [];

    /// <summary>
    /// The field that holds the parent's id, where there is one; looking for few of its values then reads those parents
    /// only.
    /// </summary>
    public string? ParentField { get; set; }

    /// <summary>Settings of single fields.</summary>
    public IDictionary<string, BusinessCentralFieldOptions> Fields { get; } =
        new Dictionary<string, BusinessCentralFieldOptions>(StringComparer.Ordinal);
}
