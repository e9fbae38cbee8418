namespace Dataverse.Sync.HttpHarness;

/// <summary>The kinds of records in every world.</summary>
internal static class Kinds
{
    private static readonly FieldPair Website = new("website", "websiteurl", FieldForm.Text);

    public static readonly EntityKind Customer = Trade(StandardMappingNames.Customer, "customers");

    public static readonly EntityKind Vendor = Trade(StandardMappingNames.Vendor, "vendors");

    public static readonly EntityKind Contact = new(StandardMappingNames.Contact, "contacts", "contact")
    {
        Marker = Website,
        Fields =
        [
            new("displayName", "fullname", FieldForm.Text),
            new("addressLine1", "address1_line1", FieldForm.Text),
            new("addressLine2", "address1_line2", FieldForm.Text) { LocalLength = 50, IntegrationLength = 250 },
            new("phoneNumber", "telephone1", FieldForm.Text) { LocalLength = 30 },
            new("mobilePhoneNumber", "mobilephone", FieldForm.Text) { LocalLength = 30 },
        ],
    };

    public static readonly EntityKind Thing = new(ThingTable.Mapping, ThingTable.Local, ThingTable.Integration)
    {
        Marker = new("tag", "new_tag", FieldForm.Text),
        Fields =
        [
            new("displayName", "new_name", FieldForm.Text) { IntegrationLength = ThingTable.NameLength },
            new("remarks", "new_remarks", FieldForm.Text) { LocalLength = 250, IntegrationLength = 2000 },
            new("amount", "new_amount", FieldForm.Number) { Scale = ThingTable.Scale },
            new("price", "new_price", FieldForm.Number) { Scale = ThingTable.Scale, IsOneWay = true },
            new("quantity", "new_quantity", FieldForm.Number) { Scale = 0 },
            new("plannedAt", "new_plannedat", FieldForm.Instant) { Resolution = TimeSpan.FromSeconds(1) },
            new("dueDate", "new_duedate", FieldForm.Date),
            new("kind", "new_kind", FieldForm.Choice) { Choices = ThingTable.KindLabels },
        ],
    };

    public static IReadOnlyList<EntityKind> All { get; } = [Customer, Vendor, Contact, Thing];

    /// <summary>The kind of the record with a marker, which begins with the name of the mapping.</summary>
    public static EntityKind Of(string marker) =>
        All.Single(kind => marker.StartsWith(kind.Mapping.ToLowerInvariant(), StringComparison.Ordinal));

    private static EntityKind Trade(string mapping, string localTable) => new(mapping, localTable, "account")
    {
        Marker = Website,
        Fields =
        [
            new("displayName", "name", FieldForm.Text) { IntegrationLength = 160 },
            new("addressLine1", "address1_line1", FieldForm.Text) { IntegrationLength = 250 },
            new("addressLine2", "address1_line2", FieldForm.Text) { LocalLength = 50, IntegrationLength = 250 },
            new("phoneNumber", "telephone1", FieldForm.Text) { LocalLength = 30 },
        ],
    };
}
