namespace Dataverse.Sync.Testing;

/// <summary>Specifies by which column companies claim the rows of account and contact.</summary>
public enum DataverseCompanies
{
    /// <summary>No company column.</summary>
    None,

    /// <summary>
    /// The solution of Business Central's connector: table <c>bcbi_company</c>, whose <c>bcbi_externalid</c> is the id of
    /// a Business Central company, and column <c>bcbi_companyid</c>.
    /// </summary>
    BusinessCentral,

    /// <summary>
    /// Dual-write, or Business Central's virtual tables: table <c>cdm_company</c> and column <c>msdyn_company</c>.
    /// </summary>
    DualWrite,
}
