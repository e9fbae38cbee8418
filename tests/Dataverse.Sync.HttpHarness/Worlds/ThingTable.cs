using Dataverse.Sync.BusinessCentral;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.HttpHarness;

/// <summary>A table of the company's own, with fields of every form, on a custom page and in a custom table.</summary>
internal static class ThingTable
{
    public const string Mapping = "THING";
    public const string Local = "things";
    public const string Integration = "new_thing";
    public const int NameLength = 60;
    public const int Scale = 2;

    private static readonly BusinessCentralRoute Route = new("contoso", "sync", "v1.0");

    public static IReadOnlyList<string> KindLabels { get; } = ["Small", "Medium", "Large"];

    public static BusinessCentralTableDefinition LocalDefinition { get; } = new(Local, "thing")
    {
        Route = Route,
        Key = ["number"],
        NumberSeries = new BusinessCentralNumberSeries("T", 5, 10),
        Fields =
        [
            new("id", BusinessCentralFieldType.Guid) { Source = BusinessCentralFieldSource.SystemId },
            new("number", BusinessCentralFieldType.Code) { MaxLength = 20 },
            new("tag", BusinessCentralFieldType.Text) { MaxLength = 50 },
            new("displayName", BusinessCentralFieldType.Text) { MaxLength = 100 },
            new("remarks", BusinessCentralFieldType.Text) { MaxLength = 250 },
            new("amount", BusinessCentralFieldType.Decimal),
            new("price", BusinessCentralFieldType.Decimal),
            new("quantity", BusinessCentralFieldType.Integer),
            new("plannedAt", BusinessCentralFieldType.DateTime),
            new("dueDate", BusinessCentralFieldType.Date),
            new("kind", BusinessCentralFieldType.Enum) { Members = ["_x0020_", .. KindLabels] },
            new("lastModifiedDateTime", BusinessCentralFieldType.DateTime)
            {
                Source = BusinessCentralFieldSource.SystemModifiedAt,
            },
        ],
    };

    public static DataverseTableDefinition IntegrationDefinition { get; } = new()
    {
        LogicalName = Integration,
        SetName = "new_things",
        PrimaryName = "new_name",
        Columns =
        [
            DataverseColumn.Text("new_name", NameLength),
            DataverseColumn.Text("new_tag", 50),
            DataverseColumn.Memo("new_remarks"),
            DataverseColumn.Decimal("new_amount", Scale),
            DataverseColumn.Decimal("new_price", Scale),
            DataverseColumn.WholeNumber("new_quantity"),
            DataverseColumn.DateTime("new_plannedat"),
            DataverseColumn.Date("new_duedate"),
            DataverseColumn.ChoiceFrom("new_kind", 1, KindLabels),
        ],
    };

    public static void Configure(BusinessCentralOptions options) => options.Tables[Local] = new()
    {
        Route = Route.ToString(),
        Fields =
        {
            ["kind"] = new() { Type = FieldType.Choice, Members = KindLabels },
        },
    };

    public static IIntegrationTableMapping CreateMapping(Scenario scenario)
    {
        var builder = new IntegrationTableMappingBuilder(Mapping)
            .Between(Local, Integration)
            .OnlyCoupledRecords(scenario.OnlyCoupledRecords)
            .OnDeletion(scenario.DeletionPolicy)
            .OnUpdateConflict(scenario.ConflictPolicy)
            .Field("tag", "new_tag")
            .Field("displayName", "new_name")
            .Field("remarks", "new_remarks")
            .Field("amount", "new_amount")
            .Field("price", "new_price", field => field.ToIntegration())
            .Field("quantity", "new_quantity")
            .Field("plannedAt", "new_plannedat")
            .Field("dueDate", "new_duedate")
            .Field("kind", "new_kind");
        return (scenario.MatchesRecords ? builder.MatchOn("tag", "new_tag") : builder).Build();
    }
}
