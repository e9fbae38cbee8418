using static Dataverse.Sync.Testing.DataverseColumn;

namespace Dataverse.Sync.Testing.Emulation;

internal static class CurrencyTable
{
    public static DataverseTableDefinition Create() => new()
    {
        LogicalName = "transactioncurrency",
        SetName = "transactioncurrencies",
        PrimaryName = "currencyname",
        Ownership = DataverseOwnership.OrganizationOwned,
        BulkMessages = false,
        TypeCode = 9105,
        Columns =
        [
            Required(Text("currencyname", 100)),
            Required(Text("isocurrencycode", 5)),
            Required(Text("currencysymbol", 10)),
            Required(WholeNumber("currencyprecision", 0, 10)),
            Required(DataverseColumn.Decimal(SystemColumns.ExchangeRate, 12, 0.000000000001m, 100_000_000_000m)),
            ChoiceFrom("currencytype", 0, "System", "Custom") with { Default = 0 },
            Guid("uniquedscid") with { Access = DataverseColumnAccess.ReadOnly },
            Guid("entityimageid"),
            Lookup("organizationid", "organization") with { Access = DataverseColumnAccess.ReadOnly },
        ],
    };

    private static DataverseColumn Required(DataverseColumn column) =>
        column with { Requirement = DataverseRequirement.SystemRequired };
}
