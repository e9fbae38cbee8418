using static Dataverse.Sync.Testing.Emulation.StandardFields;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Parts of customers and vendors that the metadata shows because their parents lead to them, but whose data the emulator
/// does not have. Each request for them is refused by name.
/// </summary>
internal static class UnservedTables
{
    private static readonly BusinessCentralField[] Amounts =
        [FlowField("period1Amount"), FlowField("period2Amount"), FlowField("period3Amount")];

    private static readonly BusinessCentralField[] Ends =
        [Date("agedAsOfDate"), Text("periodLengthFilter", 10, "Period Length Filter")];

    private static readonly EnumShape AttachmentParent = new(
        "attachmentEntityBufferDocumentType",
        EnumNames.Blank, "Journal", "Sales_x0020_Order", "Sales_x0020_Quote", "Sales_x0020_Credit_x0020_Memo",
        "Sales_x0020_Invoice", "Purchase_x0020_Invoice", "Purchase_x0020_Order", "Employee", "Job", "Item", "Customer",
        "Vendor", "Purchase_x0020_Credit_x0020_Memo", "Customer_x0020_Statement")
    {
        Values = [0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15],
    };

    public static BusinessCentralTableDefinition AgedReceivable { get; } = Aged(
        PageNames.AgedReceivables, "agedAccountsReceivable", "customer", PageNames.Customers,
        [.. Periods()]);

    public static BusinessCentralTableDefinition AgedPayable { get; } = Aged(
        PageNames.AgedPayables, "agedAccountsPayable", "vendor", PageNames.Vendors, Amounts);

    public static BusinessCentralTableDefinition DocumentAttachment { get; } = new(
        PageNames.DocumentAttachments, "documentAttachment")
    {
        IsServed = false,
        Navigations = [Parent("customer", PageNames.Customers), Parent("vendor", PageNames.Vendors)],
        Fields =
        [
            Id,
            Text("fileName", 250, "File Name"),
            Integer("byteSize"),
            Stream("attachmentContent"),
            Enum("parentType", AttachmentParent),
            Mandatory(Reference("parentId")),
            Integer("lineNumber"),
            Boolean("documentFlowSales", "Document Flow Sales"),
            Boolean("documentFlowPurchase", "Document Flow Purchase"),
            ModifiedAt,
        ],
    };

    private static IEnumerable<BusinessCentralField> Periods() => Amounts.SelectMany((amount, position) =>
        new[] { Text($"period{position + 1}Label", 30, $"Period {position + 1} Label"), amount });

    private static BusinessCentralTableDefinition Aged(
        string set, string entity, string owner, string owners, IReadOnlyList<BusinessCentralField> periods) =>
        new(set, entity)
        {
            IsServed = false,
            AllowsInsert = false,
            AllowsModify = false,
            AllowsDelete = false,
            Navigations = [new(owner, owners, false) { Property = owner + "Id", Partner = entity }],
            Fields =
            [
                Id with { Name = owner + "Id" },
                Code(owner + "Number", 20, "No."),
                Text("name", 100, "Name"),
                Code("currencyCode", 10, "Currency Code"),
                FlowField("balanceDue"),
                FlowField("currentAmount"),
                .. periods,
                .. Ends,
            ],
        };

    private static TableNavigation Parent(string name, string table) =>
        new(name, table, false) { Property = "parentId", Partner = PageNames.DocumentAttachments };
}
