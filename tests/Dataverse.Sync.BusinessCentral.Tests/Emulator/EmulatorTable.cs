using System.Text.Json.Nodes;
using Dataverse.Sync.Conformance;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.BusinessCentral.Tests.Emulator;

/// <summary>A table of the emulator, with what the conformance facts and the connector need to know of it.</summary>
internal sealed record EmulatorTable(Func<BusinessCentralEmulator, ConformanceTable> Describe)
{
    private static readonly BusinessCentralRoute Route = new("contoso", "sync", "v1.0");

    public IReadOnlyList<BusinessCentralTableDefinition> Pages { get; private init; } = [];

    public Action<BusinessCentralOptions>? Configure { get; private init; }

    public bool KeepsChosenIds { get; private init; }

    /// <summary>A standard set, whose ids and rules are the service's.</summary>
    public static EmulatorTable Customers { get; } = new(emulator => new ConformanceTable
    {
        Name = "customers",
        BusinessKey = "number",
        Text = "addressLine1",
        OtherText = "city",
        ReadOnly = "balanceDue",
        Always = [new("displayName", FieldValue.Text("Adatum"))],
        Samples =
        [
            new("creditLimit", FieldType.Decimal, FieldValue.Decimal(10.5m), FieldValue.Decimal(999_999_999.99m)),
            new("taxLiable", FieldType.Boolean, FieldValue.Boolean(true), FieldValue.Boolean(false)),
            new("blocked", FieldType.Choice, FieldValue.Text("Ship"), FieldValue.Text("All")),
            new("currencyId", FieldType.Identifier, Currency(emulator, "EUR"), Currency(emulator, "USD")),
        ],
    });

    /// <summary>A custom API page that keeps the id of a new record and has a field of every type.</summary>
    public static EmulatorTable Projects { get; } = new(_ => new ConformanceTable
    {
        Name = "projects",
        BusinessKey = "code",
        Text = "title",
        OtherText = "town",
        ReadOnly = "total",
        Samples =
        [
            new("amount", FieldType.Decimal, FieldValue.Decimal(-0.01m), FieldValue.Decimal(12.345m)),
            new("hours", FieldType.Integer, FieldValue.Integer(7), FieldValue.Integer(-7)),
            new("done", FieldType.Boolean, FieldValue.Boolean(true), FieldValue.Boolean(false)),
            new("due", FieldType.Date, FieldValue.Date(new DateOnly(2026, 8, 17)), FieldValue.Date(new DateOnly(1999, 12, 31))),
            new("seen", FieldType.DateTime, FieldValue.DateTime(new(2026, 8, 17, 10, 15, 30, 120, TimeSpan.Zero)), FieldValue.DateTime(new(1999, 12, 31, 23, 59, 59, TimeSpan.Zero))),
            new("effort", FieldType.Duration, FieldValue.Duration(new(1, 2, 30, 4, 5)), FieldValue.Duration(-TimeSpan.FromMinutes(1))),
            new("starts", FieldType.Time, FieldValue.Time(new(8, 30)), FieldValue.Time(new(23, 59, 59, 999))),
            new("owner", FieldType.Identifier, FieldValue.Identifier(new("11111111-0000-4000-8000-000000000001")), FieldValue.Identifier(new("11111111-0000-4000-8000-000000000002"))),
            new("kind", FieldType.Choice, FieldValue.Text("Bank_Account"), FieldValue.Text("Bank Account")),
        ],
    })
    {
        KeepsChosenIds = true,
        Pages =
        [
            new("projects", "project")
            {
                Route = Route,
                Key = ["code"],
                KeepsClientIds = true,
                Fields =
                [
                    new("id", BusinessCentralFieldType.Guid) { Source = BusinessCentralFieldSource.SystemId },
                    new("code", BusinessCentralFieldType.Code) { MaxLength = 20 },
                    new("title", BusinessCentralFieldType.Text) { MaxLength = 100 },
                    new("town", BusinessCentralFieldType.Text) { MaxLength = 50 },
                    new("amount", BusinessCentralFieldType.Decimal),
                    new("hours", BusinessCentralFieldType.Integer),
                    new("done", BusinessCentralFieldType.Boolean),
                    new("due", BusinessCentralFieldType.Date),
                    new("seen", BusinessCentralFieldType.DateTime),
                    new("owner", BusinessCentralFieldType.Guid),
                    new("effort", BusinessCentralFieldType.Duration),
                    new("starts", BusinessCentralFieldType.Time),
                    new("kind", BusinessCentralFieldType.Enum) { Members = ["_x0020_", "Bank_x0020_Account", "Bank_Account"] },
                    new("total", BusinessCentralFieldType.Decimal) { Source = BusinessCentralFieldSource.Calculated },
                    new("lastModifiedDateTime", BusinessCentralFieldType.DateTime) { Source = BusinessCentralFieldSource.SystemModifiedAt },
                ],
            },
        ],
        Configure = options => options.Tables["projects"] = new()
        {
            Route = Route.ToString(),
            KeepsChosenIds = true,
            Fields =
            {
                ["kind"] = new() { Type = FieldType.Choice },
                ["total"] = new() { CanInsert = false, CanUpdate = false },
            },
        },
    };

    private static FieldValue Currency(BusinessCentralEmulator emulator, string code) =>
        FieldValue.Identifier(emulator.Table("currencies").Insert(new JsonObject { ["code"] = code })["id"]!.GetValue<Guid>());
}
