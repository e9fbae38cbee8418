namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The AL enums of the standard pages.</summary>
internal static class StandardEnums
{
    public static EnumShape ContactType { get; } = new("contactType", "Company", "Person");

    public static EnumShape CustomerBlocked { get; } = new("customerBlocked", EnumNames.Blank, "Ship", "Invoice", "All");

    public static EnumShape VendorBlocked { get; } = new("vendorBlocked", EnumNames.Blank, "Payment", "All");

    public static EnumShape ContactBusinessRelation { get; } = new(
        "contactBusinessRelation",
        EnumNames.Blank, "Customer", "Vendor", "Bank_x0020_Account", "Employee", "None", "Other", "Multiple")
    {
        Values = [0, 1, 2, 3, 4, 100, 101, 102],
    };

    public static EnumShape LinkToTable { get; } = new(
        "contactBusinessRelationLinkToTable", EnumNames.Blank, "Customer", "Vendor", "Bank_x0020_Account", "Employee");

    public static EnumShape DimensionParent { get; } = new(
        "defaultDimensionParentType", EnumNames.Blank, "Customer", "Item", "Vendor", "Employee");

    public static EnumShape ValuePosting { get; } = new(
        "defaultDimensionValuePostingType",
        EnumNames.Blank, "Code_x0020_Mandatory", "Same_x0020_Code", "No_x0020_Code");

    public static EnumShape PictureParent { get; } = new(
        "pictureEntityParentType", "Customer", "Item", "Vendor", "Employee", "Contact")
    {
        Values = [1, 2, 3, 4, 5],
    };
}
