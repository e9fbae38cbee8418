using static Dataverse.Sync.Testing.Emulation.StandardFields;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The pages that are parts of customers, vendors, and contacts.</summary>
internal static class PartTables
{
    public static TableNavigation PictureOf { get; } = new("picture", PageNames.Pictures, false);

    public static TableNavigation DimensionsOf { get; } =
        new("defaultDimensions", PageNames.DefaultDimensions, true) { ReferencedProperty = "parentId" };

    public static BusinessCentralTableDefinition FinancialDetail { get; } = new(
        PageNames.FinancialDetails, "customerFinancialDetail")
    {
        Caption = "Customer",
        AllowsInsert = false,
        AllowsModify = false,
        AllowsDelete = false,
        Navigations = [new("customer", PageNames.Customers, false) { Partner = "customerFinancialDetail" }],
        Fields =
        [
            Id,
            ReadOnly(Code("number", 20, "No.")),
            FlowField("balance"),
            FlowField("totalSalesExcludingTax"),
            FlowField("overdueAmount"),
            ModifiedAt,
        ],
    };

    public static BusinessCentralTableDefinition Picture { get; } = new(PageNames.Pictures, "picture")
    {
        Caption = "Picture Entity",
        AllowsInsert = false,
        IsPart = true,
        ParentRequired = "You must get to the parent first to get to the picture.",
        Navigations =
        [
            new("customer", PageNames.Customers, false) { Partner = "picture" },
            new("contact", PageNames.Contacts, false) { Partner = "picture" },
            new("vendor", PageNames.Vendors, false) { Partner = "picture" },
        ],
        Fields =
        [
            Id,
            ReadOnly(Enum("parentType", StandardEnums.PictureParent)),
            ReadOnly(Integer("width")),
            ReadOnly(Integer("height")),
            ReadOnly(Text("contentType", 100, "Mime Type")),
            Stream("pictureContent"),
        ],
    };

    public static BusinessCentralTableDefinition DefaultDimension { get; } = new(
        PageNames.DefaultDimensions, "defaultDimension")
    {
        Caption = "Default Dimension",
        Key = ["parentId", "dimensionCode"],
        IsPart = true,
        Navigations =
        [
            new("dimension", PageNames.Dimensions, false) { Property = "dimensionId" },
            new("dimensionValue", PageNames.DimensionValues, false) { Property = "dimensionValueId" },
            Parent("customer", PageNames.Customers), Parent("vendor", PageNames.Vendors),
        ],
        Fields =
        [
            Id,
            Enum("parentType", StandardEnums.DimensionParent),
            Reference("parentId"),
            Reference("dimensionId"),
            Mandatory(ReadOnly(Code("dimensionCode", 20, "Dimension Code"))),
            Reference("dimensionValueId"),
            ReadOnly(Code("dimensionValueCode", 20, "Dimension Value Code")),
            Enum("postingValidation", StandardEnums.ValuePosting),
            ModifiedAt,
        ],
    };

    public static BusinessCentralTableDefinition Dimension { get; } = new(PageNames.Dimensions, "dimension")
    {
        Caption = "Dimension",
        Key = ["code"],
        AllowsInsert = false,
        AllowsModify = false,
        AllowsDelete = false,
        Navigations =
        [
            new("dimensionValues", PageNames.DimensionValues, true)
            {
                ReferencedProperty = "dimensionId",
                Partner = "dimension",
            },
        ],
        Fields =
        [
            Id,
            Mandatory(Code("code", 20, "Code")),
            Text("displayName", 30, "Name"),
            Code("consolidationCode", 20, "Consolidation Code"),
            ModifiedAt,
        ],
    };

    public static BusinessCentralTableDefinition DimensionValue { get; } = new(
        PageNames.DimensionValues, "dimensionValue")
    {
        Caption = "Dimension Value",
        Key = ["dimensionId", "code"],
        AllowsInsert = false,
        AllowsModify = false,
        AllowsDelete = false,
        Navigations =
            [new("dimension", PageNames.Dimensions, false) { Property = "dimensionId", Partner = "dimensionValues" }],
        Fields =
        [
            Id,
            Mandatory(Code("code", 20, "Code")),
            Reference("dimensionId"),
            Text("displayName", 50, "Name"),
            Code("consolidationCode", 20, "Consolidation Code"),
            ModifiedAt,
        ],
    };

    private static TableNavigation Parent(string name, string table) =>
        new(name, table, false) { Property = "parentId", Partner = PageNames.DefaultDimensions };
}
