namespace Dataverse.Sync;

/// <summary>The owner of new integration rows for which no field mapping names one.</summary>
/// <remarks>
/// The owner is written when a row is created and never changed afterward. Business Central: Ownership Model "Team", and
/// the team that owns the rows of customers without a salesperson.
/// </remarks>
public sealed record DefaultOwner
{
    /// <summary>The column of the owner.</summary>
    /// <value>The default is <c>ownerid</c>.</value>
    public string Column { get; init; } = "ownerid";

    /// <summary>The owner: a reference to a team or to a user.</summary>
    /// <value>
    /// The default is blank: the team of the own company (<see cref="CompanyColumn.TeamColumn"/>). Without a company
    /// column, or if the company has no team, the system chooses the owner.
    /// </value>
    public FieldValue Owner { get; init; }
}
