namespace Dataverse.Sync;

/// <summary>
/// A column of an integration table that says to which company a row belongs, and how the row of the own company is
/// found.
/// </summary>
/// <remarks>
/// <para>A row whose column is empty belongs to nobody yet. The engine writes the own company in the same write as the
/// row: when it creates the row, when it couples it, and with every update as long as the column is empty. When a pair
/// is uncoupled, the column is emptied if it contains the own company. A row of another company is neither matched nor
/// read nor written nor deleted; a pair with such a row waits.</para>
/// <para>The own company is looked up once per engine.</para>
/// <para>Business Central: <c>bcbi_companyid</c>, "CDS Company".</para>
/// </remarks>
public sealed record CompanyColumn
{
    /// <summary>The column, such as <c>bcbi_companyid</c>.</summary>
    public required string Column { get; init; }

    /// <summary>
    /// The table of the companies to which the column refers, such as <c>bcbi_company</c>, or null if the column
    /// contains the key itself.
    /// </summary>
    public string? CompanyTable { get; init; }

    /// <summary>
    /// The column of <see cref="CompanyTable"/> that contains the key of the company, or null if the key is the id of
    /// the row.
    /// </summary>
    public string? KeyColumn { get; init; }

    /// <summary>The key of the own company.</summary>
    /// <value>
    /// The default is blank: the <see cref="SystemIdentity.Id"/> that the local connector tells, or its
    /// <see cref="SystemIdentity.Name"/> if <see cref="IsKeyedByName"/> is true.
    /// </value>
    public FieldValue Key { get; init; }

    /// <summary>
    /// Whether companies are identified by <see cref="SystemIdentity.Name"/> instead of <see cref="SystemIdentity.Id"/>.
    /// </summary>
    /// <value>The default is false.</value>
    public bool IsKeyedByName { get; init; }

    /// <summary>
    /// The column of <see cref="CompanyTable"/> that refers to the team that owns the rows of the company, or null.
    /// </summary>
    /// <remarks>See <see cref="DefaultOwner"/>.</remarks>
    public string? TeamColumn { get; init; }

    /// <summary>
    /// Whether the mapping works without the column: if the table lacks it, or if the local connector does not tell which
    /// company it is.
    /// </summary>
    /// <value>The default is false, which refuses the mapping.</value>
    public bool IsOptional { get; init; }
}
