namespace Dataverse.Sync.Testing.Tests.BusinessCentral;

internal static class CustomTables
{
    public static BusinessCentralRoute Route { get; } = new("contoso", "sync", "v1.0");

    /// <summary>A custom API page with every type of property, whose id clients may choose.</summary>
    public static BusinessCentralTableDefinition Notes { get; } = new("notes", "note")
    {
        Route = Route,
        Key = ["name"],
        Caption = "Note",
        KeepsClientIds = true,
        Fields =
        [
            new("id", BusinessCentralFieldType.Guid) { Source = BusinessCentralFieldSource.SystemId },
            new("name", BusinessCentralFieldType.Text) { MaxLength = 10, Caption = "Name" },
            new("code", BusinessCentralFieldType.Code) { MaxLength = 5 },
            new("amount", BusinessCentralFieldType.Decimal),
            new("count", BusinessCentralFieldType.Integer),
            new("large", BusinessCentralFieldType.BigInteger),
            new("done", BusinessCentralFieldType.Boolean),
            new("due", BusinessCentralFieldType.Date),
            new("seen", BusinessCentralFieldType.DateTime),
            new("owner", BusinessCentralFieldType.Guid),
            new("kind", BusinessCentralFieldType.Enum) { Members = ["_x0020_", "Bank_x0020_Account"] },
            new("total", BusinessCentralFieldType.Decimal) { Source = BusinessCentralFieldSource.Calculated },
            new("fixedText", BusinessCentralFieldType.Text) { IsReadOnly = true },
            new("systemCreatedAt", BusinessCentralFieldType.DateTime)
            {
                Source = BusinessCentralFieldSource.SystemCreatedAt,
            },
            new("lastModifiedDateTime", BusinessCentralFieldType.DateTime)
            {
                Source = BusinessCentralFieldSource.SystemModifiedAt,
            },
            new("systemRowVersion", BusinessCentralFieldType.BigInteger)
            {
                Source = BusinessCentralFieldSource.SystemRowVersion,
            },
        ],
    };
}
