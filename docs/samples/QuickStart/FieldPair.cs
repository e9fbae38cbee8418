namespace QuickStart;

/// <summary>A field that the tour edits: it is in the standard mappings of customers, vendors, and contacts alike.</summary>
internal sealed record FieldPair(string Local, string Integration)
{
    public static FieldPair Phone { get; } = new("phoneNumber", "telephone1");

    public static FieldPair City { get; } = new("city", "address1_city");
}
