using static Dataverse.Sync.Testing.DataverseColumn;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The table of the companies, and the column by which they claim rows.</summary>
internal static class CompanyTables
{
    /// <summary>The table of the companies; none if the organization has none.</summary>
    public static IEnumerable<DataverseTableDefinition> Of(DataverseCompanies companies) => companies switch
    {
        DataverseCompanies.BusinessCentral =>
        [
            Table("bcbi_company", "bcbi_companies", 10_301, "bcbi_name") with
            {
                Columns =
                [
                    Text("bcbi_name", 30),
                    Text("bcbi_externalid", 36),
                    Lookup("bcbi_defaultowningteam", "team", "bcbi_DefaultOwningTeam"),
                ],
            },
        ],
        DataverseCompanies.DualWrite =>
        [
            Table("cdm_company", "cdm_companies", 10_302, "cdm_name") with
            {
                Columns =
                [
                    Text("cdm_name", 100),
                    Text("cdm_companycode", 30),
                    Boolean("cdm_isenabledfordualwrite"),
                    Lookup("cdm_defaultowningteam", "team", "cdm_DefaultOwningTeam"),
                ],
            },
        ],
        _ => [],
    };

    /// <summary>Adds the company column to a table.</summary>
    public static DataverseTableDefinition WithColumn(DataverseTableDefinition table, DataverseCompanies companies) =>
        companies switch
        {
            DataverseCompanies.BusinessCentral => With(table, Lookup("bcbi_companyid", "bcbi_company", "bcbi_CompanyId")),
            DataverseCompanies.DualWrite => With(table, Lookup("msdyn_company", "cdm_company")),
            _ => table,
        };

    private static DataverseTableDefinition Table(string name, string setName, int typeCode, string primaryName) => new()
    {
        LogicalName = name,
        SetName = setName,
        PrimaryName = primaryName,
        TypeCode = typeCode,
        Columns = [],
    };

    private static DataverseTableDefinition With(DataverseTableDefinition table, DataverseColumn column) =>
        table with { Columns = [.. table.Columns, column] };
}
