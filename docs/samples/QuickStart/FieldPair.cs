namespace QuickStart;

/// <summary>A field that the tour edits. The standard mappings of customers, vendors, and contacts contain it.</summary>
internal sealed record FieldPair(string Local, string Integration)
{
    public static FieldPair Phone { get; } = new("phoneNumber", "telephone1");

    public static FieldPair City { get; } = new("city", "address1_city");
}
