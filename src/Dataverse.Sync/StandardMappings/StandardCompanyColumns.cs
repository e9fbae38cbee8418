namespace Dataverse.Sync;

/// <summary>The company columns that Microsoft's solutions add to the standard tables.</summary>
public static class StandardCompanyColumns
{
    /// <summary>
    /// The column of Business Central's connector: <c>bcbi_companyid</c>, which refers to the row of
    /// <c>bcbi_company</c> whose <c>bcbi_externalid</c> is the id of the Business Central company.
    /// </summary>
    public static CompanyColumn BusinessCentral { get; } = new()
    {
        Column = "bcbi_companyid",
        CompanyTable = "bcbi_company",
        KeyColumn = "bcbi_externalid",
        TeamColumn = "bcbi_defaultowningteam",
        IsOptional = true,
    };

    /// <summary>
    /// The column of dual-write and of Business Central's virtual tables: <c>msdyn_company</c>, which refers to the row of
    /// <c>cdm_company</c> whose id is the id of the Business Central company.
    /// </summary>
    /// <remarks>On products, the column is called <c>msdyn_companyid</c>.</remarks>
    public static CompanyColumn DualWrite { get; } = new()
    {
        Column = "msdyn_company",
        CompanyTable = "cdm_company",
        TeamColumn = "cdm_defaultowningteam",
        IsOptional = true,
    };

    /// <summary>
    /// The column of <see cref="DualWrite"/>, where the <c>cdm_companycode</c> of the company is the name of the Business
    /// Central company.
    /// </summary>
    public static CompanyColumn DualWriteByName { get; } = DualWrite with
    {
        KeyColumn = "cdm_companycode",
        IsKeyedByName = true,
    };

    /// <summary>All of them, in the order in which the standard mappings try them.</summary>
    public static IReadOnlyList<CompanyColumn> All { get; } = [BusinessCentral, DualWrite, DualWriteByName];
}
