using static Dataverse.Sync.Testing.Emulation.StandardFields;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// The companies, which are platform data, and the company information, which is one row in each company.
/// </summary>
internal static class PlatformTables
{
    public static BusinessCentralTableDefinition Companies { get; } = new(PageNames.Companies, "company")
    {
        Caption = "Company",
        Key = ["name"],
        AllowsInsert = false,
        AllowsModify = false,
        AllowsDelete = false,
        HasTags = false,
        Fields =
        [
            Id,
            ReadOnly(PageVariable(Text("systemVersion", 250, "System Version"))),
            new("timestamp", BusinessCentralFieldType.BigInteger)
            {
                Source = BusinessCentralFieldSource.SystemRowVersion,
            },
            ReadOnly(Text("name", 30, "Name")),
            ReadOnly(Text("displayName", 250, "Display Name")),
            ReadOnly(Text("businessProfileId", 250, "Business Profile Id")),
            new("systemCreatedAt", BusinessCentralFieldType.DateTime)
            {
                Source = BusinessCentralFieldSource.SystemCreatedAt,
            },
            ReadOnly(Reference("systemCreatedBy")),
            new("systemModifiedAt", BusinessCentralFieldType.DateTime)
            {
                Source = BusinessCentralFieldSource.SystemModifiedAt,
            },
            ReadOnly(Reference("systemModifiedBy")),
        ],
    };

    public static BusinessCentralTableDefinition CompanyInformation { get; } = new(
        PageNames.CompanyInformation, "companyInformation")
    {
        Caption = "Company Information",
        AllowsInsert = false,
        AllowsDelete = false,
        Fields =
        [
            Id,
            Text("displayName", 100, "Name"),
            Text("addressLine1", 100, "Address"),
            Text("addressLine2", 50, "Address 2"),
            Text("city", 30, "City"),
            Text("state", 30, "County"),
            Code("country", 10, "Country/Region Code"),
            Code("postalCode", 20, "Post Code"),
            Text("phoneNumber", 30, "Phone No."),
            Text("faxNumber", 30, "Fax No."),
            Text("email", 80, "E-Mail"),
            Text("website", 255, "Home Page"),
            TaxRegistrationNumber,
            ReadOnly(PageVariable(Code("currencyCode", 10, "LCY Code"))),
            ReadOnly(Date("currentFiscalYearStartDate")),
            Text("industry", 30, "Industrial Classification"),
            ReadOnly(Stream("picture")),
            Text("experience", 30, "Experience") with { IsPageVariable = true },
            ModifiedAt,
        ],
    };
}
